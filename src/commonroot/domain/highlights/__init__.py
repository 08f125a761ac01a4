"""The year in numbers that one can check."""
