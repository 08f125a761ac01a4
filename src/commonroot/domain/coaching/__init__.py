"""Visits by invitation, and their words under a key of the pair."""
