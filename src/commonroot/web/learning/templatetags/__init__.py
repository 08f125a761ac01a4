"""Filters of the pages of learning."""
