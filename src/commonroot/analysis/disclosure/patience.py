"""The time limit: work past it is given up, and nothing unproven is published."""

import time

NO_DEADLINE = float("inf")


class OutOfTimeError(Exception):
    """The promise could not be proven within the time limit."""


def check_time(deadline: float) -> None:
    """Give up when the deadline (of the monotonic clock) has passed."""
    if time.monotonic() > deadline:
        raise OutOfTimeError
