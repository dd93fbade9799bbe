"""How fast and how large, as ratios within one run. Not tests: nothing here is part of what has to pass."""
