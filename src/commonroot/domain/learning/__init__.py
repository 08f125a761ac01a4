"""Workshops, hours, and the path from attending to leading."""
