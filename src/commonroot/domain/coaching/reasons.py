"""What cannot be done with a visit."""


class VisitError(Exception):
    """Something cannot be done with a visit; the text says why, for whoever tried."""
