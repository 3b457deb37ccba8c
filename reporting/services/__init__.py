"""What reporting writes: only files and rows of its own."""
