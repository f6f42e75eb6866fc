"""Who did what, when: reading, preparing and selecting events."""
