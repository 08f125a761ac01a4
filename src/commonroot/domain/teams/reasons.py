"""What cannot be done with a team."""


class TeamError(Exception):
    """Something cannot be done with a team; the text says why, for whoever tried."""
