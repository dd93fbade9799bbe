"""What is true, and how it is kept: the journal without its window. Imports no Qt."""
