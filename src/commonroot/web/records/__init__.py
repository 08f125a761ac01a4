"""Pages about records: files, and the meeting sheet."""
