"""What lists and tables show. Models hold tuples that the vault thread made; they never ask for more."""
