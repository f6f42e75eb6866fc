"""Event logs that stay in the engine that holds them."""
