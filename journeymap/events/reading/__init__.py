"""Reading: files and tables of any kind, taken apart, set aside where unusable, and prepared into a store."""
