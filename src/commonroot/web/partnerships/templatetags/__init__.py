"""Pictures in the pages of partnerships."""
