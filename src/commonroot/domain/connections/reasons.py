"""What cannot be done with connections."""


class ConnectingError(Exception):
    """Something cannot be done with a connection; the text says why."""
