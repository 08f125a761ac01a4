"""Why something of learning cannot be done, for whoever tried."""


class LearningError(Exception):
    """It cannot be done; the text says why."""
