"""Shares of released counts, with the ends coded by the size of the group.

In a small group, 0 % or 100 % tells of everybody. So both ends are told as ranges, the
wider the smaller the group: the table of SLDS Technical Brief 3 (IES/NCES 2011-603), as
the notes of this project give it; see docs/deviations.md.
"""

from dataclasses import dataclass

from commonroot.analysis.disclosure.releasing import ReleasedCell
from commonroot.analysis.disclosure.seal import UnreleasedError, require_released

# Groups up to this size, and the share at each end that is told as a range.
ENDS = ((20, 20), (40, 10), (100, 5), (300, 2))
LAST_END = 1
FEWEST_IN_GROUP = 10
RATIO_GROUP, RATIO_COUNT = 30, 10
LOWEST_RATIO_GROUP = 20


@dataclass(frozen=True)
class Share:
    """A share in percent, or the range in which it lies."""

    low: int
    high: int

    def __str__(self) -> str:
        """Say it as it is printed."""
        if self.low == 0:
            return f"{self.high}% or less"
        return f"{self.low}% or more" if self.high == 100 else f"{self.low}%"


def tell_share(part: ReleasedCell, whole: ReleasedCell) -> Share | None:
    """Tell what share one released count is of another; None where it may not be.

    Raises UnreleasedError for anything that is not a released cell.
    """
    require_released(part, ReleasedCell)
    require_released(whole, ReleasedCell)
    if part.incidents is None or whole.incidents is None:
        return None
    return code_share(part.incidents, whole.incidents)


def code_share(part: int, whole: int) -> Share | None:
    """Code a share of a group; None for a group of fewer than ten.

    >>> [str(code_share(part, 40)) for part in (0, 3, 10, 40)]
    ['10% or less', '10% or less', '25%', '90% or more']
    """
    if not 0 <= part <= whole:
        raise UnreleasedError(f"{part} is not a part of {whole}")
    if whole < FEWEST_IN_GROUP:
        return None
    end = next((end for size, end in ENDS if whole <= size), LAST_END)
    share = (200 * part + whole) // (2 * whole)
    if 100 * part <= end * whole:
        return Share(0, end)
    if 100 * part >= (100 - end) * whole:
        return Share(100 - end, 100)
    inner = min(max(share, end + 1), 99 - end)
    return Share(inner, inner)


def may_show_ratio(
    counts: tuple[int, int],
    groups: tuple[int, int],
    *,
    fewest_in_group: int = RATIO_GROUP,
    fewest_counted: int = RATIO_COUNT,
) -> bool:
    """May a risk ratio of two groups be shown outside a team?

    Settings can raise the limits; nothing lowers them below 20 and 10.

    >>> may_show_ratio((12, 40), (35, 300)), may_show_ratio((9, 40), (35, 300))
    (True, False)
    """
    if fewest_in_group < LOWEST_RATIO_GROUP or fewest_counted < RATIO_COUNT:
        raise ValueError(
            f"ratios need groups of {LOWEST_RATIO_GROUP} and counts of {RATIO_COUNT} at least"
        )
    return min(groups) >= fewest_in_group and min(counts) >= fewest_counted
