"""Pages of connections."""
