"""Map against map, and map against what customers do."""
