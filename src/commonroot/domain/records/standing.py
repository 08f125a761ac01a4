"""What stands of a school's files: the digest of every incident that counts.

Kept in memory until a file, an erasure or an expiry changes it, because it is compared
with every file that is given. It is kept as it is, and not in a cache that copies it into
bytes and back: that takes longer than comparing.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import polars as pl

from commonroot.domain.audit.queries import find_last_change
from commonroot.domain.network.models import Place
from commonroot.domain.records.models import Version

MOST_KEPT = 40
CHANGES = ("take in", "undo", "erase", "expire")
frames: OrderedDict[str, tuple[int, pl.DataFrame]] = OrderedDict()
keeping = threading.Lock()
SCHEMA = pl.Schema({"event": pl.UInt64(), "day": pl.Date(), "digest": pl.UInt64()})


def read_standing(school: Place) -> tuple[int, pl.DataFrame]:
    """Read the key, day and digest of every incident of files that counts.

    First the line of the log since which that is so.
    """
    since = find_last_change(school, CHANGES)
    with keeping:
        kept = frames.get(str(school.pk))
    if kept is not None and kept[0] == since:
        return kept
    found = Version.objects.filter(
        incident__school=school, current_of__isnull=False, written_by__isnull=False
    ).values_list("incident__key", "day", "digest")
    rows = list(found.iterator(chunk_size=10_000))
    texts = pl.DataFrame(
        rows, {"event": pl.String, "day": pl.Date, "digest": pl.String}, orient="row"
    )
    return since, keep_standing(school, texts.cast(SCHEMA), since)


def keep_standing(school: Place, frame: pl.DataFrame, since: int) -> pl.DataFrame:
    """Keep what stands since a line of the log, and give it back."""
    kept = frame.select(SCHEMA.names())
    with keeping:
        frames[str(school.pk)] = since, kept
        frames.move_to_end(str(school.pk))
        while len(frames) > MOST_KEPT:
            frames.popitem(last=False)
    return kept


@dataclass(frozen=True)
class Comparison:
    """What a file's incidents would do to those that stand, and which would do it."""

    plan: dict[str, int]
    changed: pl.DataFrame


def compare(told: pl.DataFrame, standing: pl.DataFrame) -> Comparison:
    """Compare a file's incidents with those that stand, by their digests."""
    beside = told.join(standing, on="event", how="left")
    is_same = (beside["digest"] == beside["digest_right"]).fill_null(value=False)
    is_there = beside["digest_right"].is_not_null()
    same, there = int(is_same.sum()), int(is_there.sum())
    first, last = told["day"].min(), told["day"].max()
    return Comparison(
        {
            "new": told.height - there,
            "changed": there - same,
            "unchanged": same,
            "not_in_the_file": int(standing["day"].is_between(first, last).sum())
            - int(beside["day_right"].is_between(first, last).sum()),
        },
        told.filter(~is_same),
    )
