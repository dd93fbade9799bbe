"""What the program passes to itself. Apart from the rest, so that the command line needs no Qt to know it."""

BEGIN = "--begin"  # as below, and to stand before a new journal from there
DIM = "--dim"  # as below, and without a bright screen: it was locked while landing
RESUME = "--resume"  # followed by the number of an inherited file descriptor; see ui/lock.py
