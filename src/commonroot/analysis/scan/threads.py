"""Work side by side: compiled loops that do not hold Python's lock."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")


def work_side_by_side(work: Callable[[Part], None], parts: Sequence[Part]) -> None:
    """Do the work on every part, each in a thread of its own.

    An error in one of them is raised here, after all have ended.

    >>> done = []
    >>> work_side_by_side(done.append, ["all of it"])
    >>> done
    ['all of it']
    """
    if len(parts) < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(len(parts)) as pool:
        for _ in pool.map(work, parts):
            pass
