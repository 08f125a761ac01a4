"""Counts in, findings out. Pure: no files, no database, no framework."""
