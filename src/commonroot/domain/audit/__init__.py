"""Who did what to what: a log that is only ever added to."""
