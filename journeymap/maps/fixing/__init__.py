"""What to fix first: friction, opportunities, and what became of those that were shipped."""
