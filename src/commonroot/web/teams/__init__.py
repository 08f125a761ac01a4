"""Pages about data teams: the meeting, the change, the check, and stories."""
