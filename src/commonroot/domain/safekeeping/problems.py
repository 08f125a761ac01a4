"""What goes wrong with backups, in a sentence for whoever keeps the site."""


class BackupError(Exception):
    """A backup cannot be made or restored; the text says why, and what to do."""
