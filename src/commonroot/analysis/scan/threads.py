"""Work side by side: compiled loops that do not hold Python's lock."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")


def work_side_by_side(work: Callable[[Part], None], parts: Sequence[Part]) -> None:
    """Do the work on every part, the first of them here and each other in a thread.

    An error in one of them is raised here, after all have ended.

    >>> done = []
    >>> work_side_by_side(done.append, ["all of it"])
    >>> done
    ['all of it']
    """
    if not parts:
        return
    first, *rest = parts
    with ThreadPoolExecutor(max(1, len(rest))) as pool:
        others = [pool.submit(work, part) for part in rest]
        work(first)
    for other in others:
        other.result()
