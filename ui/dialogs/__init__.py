"""Small windows over the main one. None blocks: each is opened, and says by a signal what was chosen."""
