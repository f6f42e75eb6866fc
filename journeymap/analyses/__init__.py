"""The analyses: one question each, one function, one result, one file."""
