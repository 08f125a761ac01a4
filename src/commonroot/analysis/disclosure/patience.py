"""The time limit: work past it is given up, and nothing unproven is published."""

import time

NO_DEADLINE = float("inf")


class OutOfTimeError(Exception):
    """The promise could not be proven within the time limit."""


class NoWayOutError(Exception):
    """No choice of hidden cells meets everything that was learned."""


def check_time(deadline: float) -> None:
    """Give up when the deadline (of the monotonic clock) has passed."""
    if time.monotonic() > deadline:
        raise OutOfTimeError
