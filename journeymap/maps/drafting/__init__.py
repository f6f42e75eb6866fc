"""A first map from a log."""
