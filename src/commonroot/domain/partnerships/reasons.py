"""What cannot be done with a partnership."""


class PartnershipError(Exception):
    """Something cannot be done with a partnership; the text says why, for whoever tried."""
