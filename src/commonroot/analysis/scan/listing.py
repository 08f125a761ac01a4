"""The short list: the strongest slices first, and none that another explains."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.baseline import Baseline, Conditions, hold_all
from commonroot.analysis.scan.events import Events
from commonroot.analysis.scan.ratio import estimate_ratio
from commonroot.analysis.scan.replicates import Numbers

COUNT, HEAVIEST, STUDENTS, SCORE = range(4)
PERSISTING_SHARE = 0.5
DISTINCT_SHARE = 0.5
MOST_CANDIDATES = 300
LEAST_RATIO = 1.25


@dataclass(frozen=True)
class Verdict:
    """What chance alone reaches at each depth: the replicates' largest scores.

    `alpha` is shared out equally between the depths that are searched.
    """

    largest: Numbers
    depths: tuple[int, ...]
    alpha: float

    def adjust(self, score: float, depth: int) -> float:
        """Give the probability of a score this large anywhere, adjusted for the search.

        (1 + replicates that reach it) / (replicates + 1), times the depths searched.
        Source: Davison and Hinkley (1997), section 4.2.
        """
        reached = int((self.largest[:, depth] >= score).sum())
        return min(1.0, len(self.depths) * (1 + reached) / (len(self.largest) + 1))

    def critical(self, depth: int) -> float:
        """Give the score that has to be passed; infinite when there are too few replicates."""
        replicates = len(self.largest)
        share = self.alpha / len(self.depths)
        allowed = math.floor(share * (replicates + 1) + 1e-9) - 1
        if allowed < 0:
            return math.inf
        return float(np.sort(self.largest[:, depth])[replicates - 1 - allowed])


@dataclass(frozen=True, eq=False)
class Candidate:
    """A slice that passes on its own."""

    cell: int
    conditions: Conditions
    expected: float
    score: float
    margin: float
    varies: float

    @property
    def depth(self) -> int:
        """Give the number of conditions."""
        return len(self.conditions)


def find_candidates(
    baseline: Baseline, told: Numbers, verdict: Verdict, fewest_students: int
) -> list[Candidate]:
    """Find every slice whose score passes its depth's critical value, strongest first.

    Of a large table at most 300 slices are looked at one by one.
    """
    layout = baseline.layout
    critical = {depth: verdict.critical(depth) for depth in verdict.depths}
    limits = np.concatenate(
        [
            np.full(
                layout.part(number).stop - layout.part(number).start, critical[len(s)]
            )
            for number, s in enumerate(layout.sets)
        ]
    )
    passing = np.flatnonzero((told[:, SCORE] > 0) & (told[:, SCORE] > limits))
    order = np.lexsort((passing, -(told[passing, SCORE] - limits[passing])))
    found = []
    for cell in passing[order[:MOST_CANDIDATES]]:
        conditions = layout.name(int(cell))
        expected, varies = float(baseline.expected[cell]), float(baseline.varies[cell])
        inside = hold_all(baseline.events, conditions)
        students = count_students(baseline.events, inside)
        score = score_remaining(baseline.events, inside, expected, varies)
        margin = score - limits[cell]
        if (
            students >= fewest_students
            and margin > 0
            and is_large(baseline.events, inside, expected)
        ):
            found.append(
                Candidate(int(cell), conditions, expected, score, float(margin), varies)
            )
    lasting = [each for each in found if persists(baseline, each, verdict)]
    return sorted(lasting, key=lambda c: (-c.margin, c.depth, c.cell))


def is_large(events: Events, inside: NDArray[np.bool_], expected: float) -> bool:
    """Is a slice enough larger than expected to matter, and surely larger?

    In a table of thousands a tenth more is beyond chance, and nobody can use it.
    """
    ratio = estimate_ratio(
        int(inside.sum()), expected, measure_bunching(events, inside)
    )
    return ratio.value >= LEAST_RATIO and ratio.low > 1.0


def measure_bunching(events: Events, inside: NDArray[np.bool_]) -> float:
    """Measure the variance over the mean of a count whose incidents come by student."""
    members = np.bincount(events.students[inside[events.students[:, 0]]][:, 1])
    return max(1.0, float((members**2).sum() / max(1, members.sum())))


def count_students(events: Events, inside: NDArray[np.bool_]) -> int:
    """Count the different students of some incidents."""
    members = events.students[inside[events.students[:, 0]]][:, 1]
    return int(np.count_nonzero(np.bincount(members)))


def choose(
    baseline: Baseline, candidates: Sequence[Candidate], verdict: Verdict, most: int
) -> list[Candidate]:
    """Choose the slices of the list: none is explained by those before it.

    A slice stays when the incidents that no listed slice has are still more than its
    expected share of them allows. Where a slice says no more than one of its own
    parents that also passes, the parent stands for it.
    """
    kept: list[Candidate] = []
    for candidate in candidates:
        if len(kept) == most:
            break
        chosen = prefer_parent(baseline, candidate, candidates, verdict)
        if chosen in kept or not stands_alone(baseline, chosen, kept, verdict):
            continue
        kept.append(chosen)
    return kept


def prefer_parent(
    baseline: Baseline,
    child: Candidate,
    candidates: Sequence[Candidate],
    verdict: Verdict,
) -> Candidate:
    """Give the parent that says the same, if there is one; else the slice itself.

    A slice says more when it stands out within its parent too, half as far as it
    would have to among all slices: within a parent there are far fewer to choose from.
    """
    events = baseline.events
    inside = hold_all(events, child.conditions)
    for parent in candidates:
        if parent is child or not contains(events, parent, child):
            continue
        incidents = int(hold_all(events, parent.conditions).sum())
        usual = incidents * child.expected / parent.expected
        score = score_remaining(events, inside, usual, child.varies)
        if score <= DISTINCT_SHARE * verdict.critical(child.depth):
            return prefer_parent(baseline, parent, candidates, verdict)
    return child


def contains(events: Events, parent: Candidate, child: Candidate) -> bool:
    """Does every incident of the child lie in the parent, which is wider?

    Each condition of the parent is one of the child's, or a wider one of the same
    block (midday for half past eleven).
    """
    if parent.depth > child.depth or parent.conditions == child.conditions:
        return False
    blocks = {events.columns[at].block for at, _ in child.conditions}
    if any(events.columns[at].block not in blocks for at, _ in parent.conditions):
        return False
    if set(parent.conditions) < set(child.conditions):
        return True
    inside = hold_all(events, child.conditions)
    outside = hold_all(events, parent.conditions)
    wider = int(outside.sum()) > int(inside.sum()) or parent.depth < child.depth
    return wider and not bool((inside & ~outside).any())


def stands_alone(
    baseline: Baseline, slice_: Candidate, kept: Sequence[Candidate], verdict: Verdict
) -> bool:
    """Does a slice still pass without the incidents of the listed ones?"""
    events = baseline.events
    inside = hold_all(events, slice_.conditions)
    for other in kept:
        inside &= ~hold_all(events, other.conditions)
    usual = slice_.expected - expect_overlap(baseline, slice_, kept)
    score = score_remaining(events, inside, usual, slice_.varies)
    return score > verdict.critical(slice_.depth)


def expect_overlap(
    baseline: Baseline, slice_: Candidate, kept: Sequence[Candidate]
) -> float:
    """Expect what a slice shares with any of the listed ones (inclusion and exclusion)."""
    total = 0.0
    for number in range(1, len(kept) + 1):
        for chosen in combinations(kept, number):
            conditions = unite([slice_, *chosen])
            if conditions is not None:
                total -= (-1) ** number * baseline.expect_slice(conditions)
    # Within the slice, shares are those of its own expectation.
    whole = baseline.expect_slice(slice_.conditions)
    return total * slice_.expected / whole if whole > 0 else 0.0


def unite(slices: Sequence[Candidate]) -> Conditions | None:
    """Unite the conditions of several slices; None when no incident can meet them."""
    united: dict[int, int] = {}
    for each in slices:
        for at, code in each.conditions:
            if united.setdefault(at, code) != code:
                return None
    return tuple(sorted(united.items()))


def score_remaining(
    events: Events, inside: NDArray[np.bool_], usual: float, varies: float
) -> float:
    """Score some incidents without their heaviest student."""
    left, share = leave_out(events, inside)
    return float(kernels.score_cell(float(left), usual * share, varies))


def leave_out(events: Events, inside: NDArray[np.bool_]) -> tuple[int, float]:
    """Leave out the heaviest student.

    Gives the incidents that remain, and the share of what is expected that remains.
    """
    members = events.students[inside[events.students[:, 0]]][:, 1]
    if not len(members):
        return 0, 1.0
    by_student = np.bincount(members)
    heaviest = int(by_student.argmax())
    share = 1 - events.incidents_of_student[heaviest] / events.size
    return int(inside.sum() - by_student[heaviest]), share


def persists(baseline: Baseline, candidate: Candidate, verdict: Verdict) -> bool:
    """Does a slice still stand out, half as far, without its heaviest week or students?

    One bad day, written up six times, is no pattern of the school; nor are two
    students with the same habit. Without weeks nobody can say of weeks.
    """
    events = baseline.events
    inside = hold_all(events, candidate.conditions)
    enough = PERSISTING_SHARE * verdict.critical(candidate.depth)
    members = events.students[inside[events.students[:, 0]]]
    heaviest = int(np.bincount(members[:, 1]).argmax())
    others = inside.copy()
    others[members[members[:, 1] == heaviest, 0]] = False
    share = 1 - events.incidents_of_student[heaviest] / events.size
    usual = candidate.expected * share
    if score_remaining(events, others, usual, candidate.varies) <= enough:
        return False
    if not events.week.any():
        return True
    week = int(np.bincount(events.week[inside]).argmax())
    share = 1 - float((events.week[baseline.looked_at] == week).mean())
    usual = candidate.expected * share
    others = inside & (events.week != week)
    return score_remaining(events, others, usual, candidate.varies) > enough
