"""Were people recording? Gaps in the record that chance does not explain.

A day without an incident is a good day or a day on which nobody wrote anything down.
One such day proves nothing; a long run of them in a school that records every day does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CHANCE_OF_FALSE_GAP = 0.01
SHORTEST_GAP = 5
QUIET_SEASON = 0.7
FEWEST_WRITTEN = 0.1


@dataclass(frozen=True)
class Gap:
    """A run of school days without a record: longer than chance gives, or marked."""

    first: date
    last: date
    days: int
    marked: bool = False


@dataclass(frozen=True)
class Coverage:
    """How completely a period was recorded; all figures are school days.

    `logging_days` are school days outside gaps; quiet days inside a recorded stretch
    count as recorded. `longest_by_chance` is the longest quiet run that is believed.
    """

    school_days: int
    logging_days: int
    days_with_records: int
    gaps: tuple[Gap, ...]
    longest_by_chance: int

    @property
    def can_tell(self) -> bool:
        """Say whether quiet days can be told from days on which nobody recorded.

        Not when something was written down on fewer than one day in ten.
        """
        return self.days_with_records >= FEWEST_WRITTEN * self.logging_days


def measure_coverage(
    days: Sequence[date],
    records: Mapping[date, int],
    marked: Collection[date] = (),
) -> Coverage:
    """Measure coverage over the school days of a period.

    `marked` are days on which the school itself says that nobody recorded: those without
    a record are gaps however short they are, and do not count as quiet days.

    >>> from datetime import timedelta
    >>> days = [date(2025, 9, 1) + timedelta(n) for n in range(60)]
    >>> found = measure_coverage(days, {day: 3 for day in days if day.day < 20})
    >>> [(gap.first.isoformat(), gap.days) for gap in found.gaps]
    [('2025-09-20', 11), ('2025-10-20', 11)]

    >>> marked = days[4:6]
    >>> found = measure_coverage(days[:18], {day: 3 for day in days}, marked)
    >>> [gap.days for gap in found.gaps]
    []
    >>> kept = {day: 3 for day in days if day not in marked}
    >>> found = measure_coverage(days[:18], kept, marked)
    >>> [(gap.first.day, gap.days) for gap in found.gaps]
    [(5, 2)]

    The rule is explained in docs/methods/coverage.md.
    """
    silent = [day in marked and records.get(day, 0) == 0 for day in days]
    told = [day for day, off in zip(days, silent, strict=True) if not off]
    written = [records.get(day, 0) > 0 for day in told]
    runs = find_quiet_runs(written)
    shortest = believe_quiet_run(len(told), runs)
    found = [
        Gap(told[start], told[start + length - 1], length)
        for start, length in runs
        if length >= shortest
    ]
    found += [
        Gap(days[start], days[start + length - 1], length, marked=True)
        for start, length in find_quiet_runs([not off for off in silent])
    ]
    return Coverage(
        school_days=len(days),
        logging_days=len(days) - sum(gap.days for gap in found),
        days_with_records=sum(written),
        gaps=tuple(sorted(found, key=lambda gap: gap.first)),
        longest_by_chance=min(shortest - 1, len(told)),
    )


def find_quiet_runs(written: Sequence[bool]) -> list[tuple[int, int]]:
    """Find the runs of days without a record, as (start, length).

    >>> find_quiet_runs([True, False, False, True, False])
    [(1, 2), (4, 1)]
    """
    runs: list[tuple[int, int]] = []
    for position, wrote in enumerate(written):
        if wrote:
            continue
        if runs and sum(runs[-1]) == position:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((position, 1))
    return runs


def believe_quiet_run(total: int, runs: Sequence[tuple[int, int]]) -> int:
    """Give the length from which a run of quiet days is no longer believed.

    With p the share of quiet days outside longer runs, a run of r days comes about in
    n days with a chance of at most n p^r. Seasons make some weeks quieter, so p is
    raised as if incidents were 30 % rarer than on average. The shortest length that
    agrees with itself is taken, because a gap must not vouch for itself.

    >>> believe_quiet_run(170, [(3, 1), (40, 2), (90, 9)])
    5
    """
    for length in range(SHORTEST_GAP, total + 1):
        outside = total - sum(run for _, run in runs if run >= length)
        quiet = sum(run for _, run in runs if run < length)
        share = quiet / outside if outside else 1.0
        if (
            share == 0
            or total * share ** (QUIET_SEASON * length) <= CHANCE_OF_FALSE_GAP
        ):
            return length
    return total + 1
