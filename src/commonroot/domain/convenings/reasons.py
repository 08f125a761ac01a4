"""What cannot be done with a convening."""


class ConveningError(Exception):
    """Something cannot be done with a convening; the text says why."""
