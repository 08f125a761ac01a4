"""Pictures in the pages of teams."""
