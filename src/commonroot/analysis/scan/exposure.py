"""The baseline of exposure: what enrolment, minutes and days there would give.

A column with a denominator has shares of its own: students by grade, minutes by
period, days by weekday. Its null is dealt accordingly. Each student gets a grade of
somebody enrolled; each student's times of day are turned round the clock together; the
days of each week change places, with everything that happened on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonroot.analysis.scan import kernels
from commonroot.analysis.scan.baseline import Conditions, expect_slice
from commonroot.analysis.scan.events import Codes, Events
from commonroot.analysis.scan.expected import Classes, expect, find_classes, vary
from commonroot.analysis.scan.replicates import Dealer, Numbers, make_dealer
from commonroot.analysis.scan.slices import Layout, lay_out, list_named


@dataclass(frozen=True)
class Exposures:
    """The columns with denominators, and what is known of each.

    `enrolled` has, for the column `of_students`, one code for each enrolled student.
    `of_clock` names the column of periods. `open_days` says, for the column
    `of_days`, which of its values were school days in each week: shape (weeks, values).
    """

    of_students: str | None = None
    enrolled: tuple[int, ...] = ()
    of_clock: str | None = None
    of_days: str | None = None
    open_days: NDArray[np.bool_] | None = None

    def names(self) -> list[str]:
        """Name the columns that have a denominator."""
        named = (self.of_students, self.of_clock, self.of_days)
        return [name for name in named if name is not None]


@dataclass(frozen=True)
class Exposure:
    """More than the days, minutes and students there are would give."""

    events: Events
    layout: Layout
    expected: Numbers
    varies: Numbers
    named: NDArray[np.bool_]
    classes: Classes
    dealer: Dealer
    exposures: Exposures
    name: str = "exposure"

    @property
    def looked_at(self) -> NDArray[np.bool_]:
        """Count all incidents."""
        return np.ones(self.events.size, dtype=np.bool_)

    def redeal(self, seed: int, number: int) -> Codes:
        """Deal columns with a denominator by it, and the others as ever."""
        dealt = self.dealer.deal(seed, number)
        state = kernels.start_random(seed + 1, number)
        events, exposures = self.events, self.exposures
        if exposures.of_students is not None:
            at = events.place(exposures.of_students)
            enrolled = np.array(exposures.enrolled, dtype=np.uint8)
            kernels.deal_enrolled(state, enrolled, events.lead, dealt[at])
        if exposures.of_clock is not None:
            at = events.place(exposures.of_clock)
            shares = np.array(events.columns[at].shares)
            kernels.turn_clock(state, events.codes[at], events.lead, shares, dealt[at])
        if exposures.of_days is not None and exposures.open_days is not None:
            at = events.place(exposures.of_days)
            kernels.swap_days(
                state, events.codes[at], events.week, exposures.open_days, dealt[at]
            )
        return dealt

    def expect_slice(self, conditions: Conditions) -> float:
        """Multiply shares: of the denominator where there is one."""
        return expect_slice(self.events, self.classes, conditions)


def assume_exposure(
    events: Events, exposures: Exposures, *, deepest: int, root: str | None = None
) -> Exposure:
    """Prepare the baseline of exposure, for one school in one year.

    The columns that `exposures` names need `shares`, and must be alone in their block.
    Every slice has a condition on at least one of them. Raises ValueError otherwise.
    """
    named = exposures.names()
    places = [events.place(name) for name in named]
    for at in places:
        block = events.columns[at].block
        if events.columns[at].shares is None or (
            sum(column.block == block for column in events.columns) > 1
        ):
            raise ValueError(
                f"{events.columns[at].name} needs shares, and its own block."
            )
    layout = keep_sets(lay_out(events.columns, fewest=1, deepest=deepest), places)
    classes = find_classes(events, None if root is None else events.place(root))
    return Exposure(
        events,
        layout,
        expect(events, classes, layout),
        vary(events, layout),
        list_named(layout),
        classes,
        make_dealer(events, classes, fixed=places),
        exposures,
    )


def keep_sets(layout: Layout, places: Sequence[int]) -> Layout:
    """Keep the sets that have at least one of some columns."""
    sets = tuple(chosen for chosen in layout.sets if set(chosen) & set(places))
    sizes = [
        int(np.prod([len(layout.columns[at].values) for at in chosen]))
        for chosen in sets
    ]
    return Layout(layout.columns, sets, np.concatenate([[0], np.cumsum(sizes)]))
