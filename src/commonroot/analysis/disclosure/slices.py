"""Slices told one by one beside tables that are told already: patterns on a sheet.

A pattern is one number out of a table of many columns, and the rest of that table is
never shown. So its small cells are not hidden numbers on a page; but a reader subtracts:
a place less the pattern in it, less the next one. `inside` are the cells that could be
reached so. A slice is told only if each small one of them stays as open as a hidden
number of the sheet: it could still be 1, and 4 or as many as it is.
"""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from commonroot.analysis.disclosure.patience import NoWayOutError, OutOfTimeError
from commonroot.analysis.disclosure.protection import (
    FEWEST_STUDENTS,
    CountedCell,
    Shown,
)
from commonroot.analysis.disclosure.seal import SEAL
from commonroot.analysis.disclosure.settling import settle
from commonroot.analysis.disclosure.sums import Cells, Flags, System, reduce

PATIENT_SECONDS = 60.0


def release_slices(
    slices: Mapping[Hashable, Sequence[CountedCell]],
    told: Sequence[CountedCell],
    inside: Sequence[CountedCell],
) -> dict[Hashable, Shown]:
    """Release slices beside what is told; of each, the number of its first cell.

    The other cells of a slice are what is told along with it: without the slice they
    are not told. A slice without cells is hidden whatever the others are. As few slices are hidden as can be proven, and all of them when the
    proof does not end in time.

    The bus has 30 incidents, of which the afternoon is told to have 27 of 20 students.
    Then the morning has three, so the afternoon is not told.

    >>> bus = CountedCell("bus", 30, 22, {"am": 3, "pm": 27})
    >>> morning = CountedCell("morning", 3, 2, {"am": 3})
    >>> afternoon = CountedCell("afternoon", 27, 20, {"pm": 27})
    >>> release_slices({"pattern": [afternoon]}, [bus], [morning])["pattern"].protected
    True
    >>> release_slices({"pattern": [afternoon]}, [], [morning])["pattern"].incidents
    27
    """
    small = [cell for cell in inside if cell.is_small]
    owned = [(name, cell) for name, cells in slices.items() for cell in cells]
    cells = [*(cell for _, cell in owned), *told, *small]
    system = make_system(cells, len(owned), len(told))
    hidden = choose(system)
    hides = {name for name, cells in slices.items() if not cells} | {
        name for at, (name, cell) in enumerate(owned) if cell.is_small or hidden[at]
    }
    return {
        name: Shown(None, None, protected=True, seal=SEAL)
        if name in hides
        else Shown(cells[0].incidents, cells[0].students, protected=False, seal=SEAL)
        for name, cells in slices.items()
    }


def make_system(cells: Sequence[CountedCell], slices: int, told: int) -> System:
    """Make the system of slices, then what is told, then small cells, then the parts."""
    parts: dict[Hashable, int] = {}
    for cell in cells:
        parts |= cell.parts
    place = {part: len(cells) + at for at, part in enumerate(parts)}
    values = [sum(cell.parts.values()) for cell in cells] + list(parts.values())
    at = np.arange(len(values))
    return reduce(
        Cells.make(
            values,
            published=at < slices + told,
            told=(at >= slices) & (at < slices + told),
            protected=(at >= slices + told) & (at < len(cells)),
            least=(at < slices + told).astype(np.int64),
        ),
        [
            (number, *(place[part] for part in cell.parts))
            for number, cell in enumerate(cells)
        ],
        strict=True,
    )


def choose(system: System) -> Flags:
    """Choose what to hide, of all cells; everything when that cannot be proven."""
    try:
        settled = settle(
            system, FEWEST_STUDENTS, seconds=PATIENT_SECONDS, families=False
        )
    except (OutOfTimeError, NoWayOutError):
        return np.ones(len(system.of), bool)
    return system.spread(settled.hiding.hidden)
