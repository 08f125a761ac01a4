"""Pages of week."""
