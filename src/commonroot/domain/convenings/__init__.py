"""The yearly gathering of school teams, and what comes back from it."""
