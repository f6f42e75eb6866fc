"""The same counts compiled through Ibis, for logs that stay in their engine."""
