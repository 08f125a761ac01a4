"""What cannot be done with a partnership."""


class PartnershipError(Exception):
    """Something cannot be done with a partnership; the text says why, for whoever tried."""


class UnreadyError(PartnershipError):
    """Nothing is noted of the readiness of a school that would be the fourth or later."""
