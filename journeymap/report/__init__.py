"""Results as files: pictures, pages and sheets."""
