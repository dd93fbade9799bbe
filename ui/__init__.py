"""What is seen: the Qt window over `journal`."""
