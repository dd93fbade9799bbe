"""Small parts that pages are made of. Each gets its accessible name from its label."""
