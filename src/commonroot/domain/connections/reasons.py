"""Why something cannot be done with connections, in a sentence for whoever asked."""


class ConnectingError(Exception):
    """What was asked for cannot be; the message says why."""
