"""What cannot be done with a page of the year."""


class YearError(Exception):
    """Something cannot be done with a page of the year; the text says why."""
