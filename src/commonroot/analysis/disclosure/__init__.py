"""Small numbers: what may be shown of counts of people, and the proof of it."""

from commonroot.analysis.disclosure.protection import (
    FEWEST_STUDENTS,
    TOTAL,
    Bounds,
    CountedCell,
    Released,
    Shown,
    Totals,
    is_small,
    protect,
    release_count,
    release_totals,
)
from commonroot.analysis.disclosure.slices import release_slices

__all__ = [
    "FEWEST_STUDENTS",
    "TOTAL",
    "Bounds",
    "CountedCell",
    "Released",
    "Shown",
    "Totals",
    "is_small",
    "protect",
    "release_count",
    "release_slices",
    "release_totals",
]
