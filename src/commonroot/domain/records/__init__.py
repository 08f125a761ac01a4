"""What happened: incidents, and the files that they come from."""
