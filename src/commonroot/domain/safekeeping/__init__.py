"""Keeping a site safe: backups, restoring them, and what is done in the night."""
