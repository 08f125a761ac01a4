"""Pages of highlights."""
