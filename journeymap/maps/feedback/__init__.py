"""What customers answered: scores and words, and where on their journey they stood."""
