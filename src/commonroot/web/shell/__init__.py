"""What every page shares: its frame, signing in, the first page, errors."""
