"""From engine to released tables: what the sheet counts, and what it may show."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence

from commonroot.analysis.disclosure import (
    TOTAL,
    Bounds,
    CountedCell,
    Released,
    Shown,
    protect,
)
from commonroot.briefs.rows import NOT_RECORDED, WEEKDAYS
from commonroot.engines import Count, Engine

GRID_PLACES = 6
EVERYTHING = "all"


def name_value(value: object) -> str:
    """Name a value of a slice; nothing recorded is a value of its own."""
    return NOT_RECORDED if value is None else str(value)


def people(count: Count, *, keyed: bool) -> int | None:
    """Give the students of a count, or None when the file has no student key."""
    return count.students if keyed else None


class Counter:
    """Asks an engine, and shapes its answers into tables that can be released."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.total = engine.count().total()
        self.keyed = self.total.students > 0
        self.answers: dict[tuple[str, ...], dict[object, Count]] = {}

    @property
    def knows_responses(self) -> bool:
        """Does the file say what followed, in a response or in days removed?"""
        known = set(self.named(["response"])) - {NOT_RECORDED}
        return bool(known) or bool(self.engine.count([], {"removal": [True]}).cells)

    def total_cell(self, parts: Mapping[object, int]) -> CountedCell:
        """Make the cell of everything."""
        return CountedCell(
            EVERYTHING,
            self.total.incidents,
            people(self.total, keyed=self.keyed),
            parts,
        )

    def simple_cells(self, column: str) -> list[CountedCell]:
        """Make the cells of one column whose values overlap nothing."""
        return [
            CountedCell(
                name,
                count.incidents,
                people(count, keyed=self.keyed),
                {name: count.incidents},
            )
            for name, count in sorted(self.named([column]).items(), key=repr)
        ]

    def release_simple(self, column: str) -> Released:
        """Release one column beside the total that it adds up to."""
        cells = self.simple_cells(column)
        whole = {cell.key: cell.incidents for cell in cells}
        return protect({TOTAL: [self.total_cell(whole)], column: cells})

    def release_responses(self) -> Released:
        """Release responses, and the number of removals that some of them add up to."""
        cells = self.simple_cells("response")
        whole = {cell.key: cell.incidents for cell in cells}
        removing = self.engine.count(["response"], {"removal": [True]}).cells
        removed = self.engine.count([], {"removal": [True]}).total()
        removals = CountedCell(
            EVERYTHING,
            removed.removals,
            people(removed, keyed=self.keyed),
            {name_value(key[0]): whole[name_value(key[0])] for key in removing},
        )
        return protect(
            {TOTAL: [self.total_cell(whole)], "response": cells, "removals": [removals]}
        )

    def release_calendar(
        self, days: Collection[dt.date], ends: Collection[dt.date]
    ) -> Released:
        """Release weeks, months and weekdays, which are all made of the same days.

        The sheet tells the first and last day with a record (`ends`), so a reader
        knows that they have one.
        """
        by_day = self.engine.count(["day", "week", "month", "weekday"]).cells
        counts: dict[str, dict[str, dict[object, int]]] = {
            column: defaultdict(dict) for column in ("week", "month", "weekday")
        }
        recorded = {str(key[0]): count.incidents for key, count in by_day.items()}
        weekdays = {str(key[3]) for key in by_day}
        for day in sorted({*days, *map(dt.date.fromisoformat, recorded)}):
            names = name_day(day)
            if names["weekday"] in weekdays:
                for column, name in names.items():
                    counts[column][name][day] = recorded.get(day.isoformat(), 0)
        named = {column: self.named([column]) for column in counts}
        tables = {
            column: [
                self.make_cell(name, parts, named[column])
                for name, parts in sorted(counts[column].items())
            ]
            for column in counts
        }
        whole = {
            day: number
            for parts in counts["week"].values()
            for day, number in parts.items()
        }
        known: dict[Hashable, Bounds] = {
            day: (1, None) for day in ends if whole.get(day)
        }
        return protect({TOTAL: [self.total_cell(whole)], **tables}, known)

    def make_cell(
        self, key: object, parts: Mapping[object, int], counts: Mapping[object, Count]
    ) -> CountedCell:
        """Make one cell; one in which nothing happened is zero."""
        count = counts.get(key, Count(0, 0, 0, 0))
        return CountedCell(key, count.incidents, people(count, keyed=self.keyed), parts)

    def release_situations(self, time_column: str) -> Released:
        """Release places, times and the grid of both, which overlap.

        The grid has the busiest of the places that are shown: to stand in it says how
        much there was at least. So a place that is hidden in the end leaves the grid.
        """
        grid = set[str]()
        while True:
            released = self.release_grid(time_column, grid)
            shown = released.table("location")
            hidden = (
                {place for place in grid if shown[place].protected} if shown else grid
            )
            if grid and not hidden:
                return released
            smaller = (grid - hidden) if grid else choose_places(shown)
            if not smaller:
                return self.release_grid(time_column, set())
            grid = smaller

    def release_grid(self, time_column: str, grid: Collection[str]) -> Released:
        """Release places, times, and the grid of some places.

        Every place at every time is a part, also where nothing happened: a reader
        does not know which of them are empty until the grid says so.
        """
        atoms = self.count_atoms(time_column)
        places = {place for place, _ in atoms}
        blocks = self.name_blocks(time_column)
        tables: dict[str, dict[object, dict[object, int]]] = {
            name: defaultdict(dict) for name in ("location", "time", "situation")
        }
        whole: dict[object, int] = {}
        for place in sorted(places):
            for time, block in sorted(blocks.items()):
                atom, number = (place, time), atoms.get((place, time), 0)
                whole[atom] = number
                tables["location"][place][atom] = number
                tables["time"][time][atom] = number
                if place in grid and block != NOT_RECORDED:
                    tables["situation"][place, block][atom] = number
        block_column = "hour" if time_column == "half_hour" else time_column
        columns = {
            "location": ["location"],
            "time": [time_column],
            "situation": ["location", block_column],
        }
        cells = {
            name: [
                self.make_cell(key, parts, counts)
                for counts in [self.named(columns[name])]
                for key, parts in sorted(found.items(), key=repr)
            ]
            for name, found in tables.items()
        }
        return protect({TOTAL: [self.total_cell(whole)], **cells})

    def count_atoms(self, time_column: str) -> dict[tuple[str, str], int]:
        """Count incidents by place and the finest time there is."""
        return {
            (str(key[0]), str(key[1])): count.incidents
            for key, count in self.named(["location", time_column]).items()
            if isinstance(key, tuple)
        }

    def name_blocks(self, time_column: str) -> dict[str, str]:
        """Name the column of the grid that each time of day belongs to."""
        if time_column != "half_hour":
            return {name: name for name in map(str, self.named([time_column]))}
        return {
            time: time if time == NOT_RECORDED else f"{time[:2]}:00"
            for time in map(str, self.named(["half_hour"]))
        }

    def named(self, columns: Sequence[str]) -> dict[object, Count]:
        """Count columns, with the names of their values as keys; each is asked once."""
        if tuple(columns) in self.answers:
            return self.answers[tuple(columns)]
        found: dict[object, Count] = {}
        for key, count in self.engine.count(columns).cells.items():
            names = tuple(name_value(value) for value in key)
            found[names if len(names) > 1 else names[0]] = count
        self.answers[tuple(columns)] = found
        return found

    def count_dates(self, column: str) -> dict[dt.date, int]:
        """Count incidents by a column of dates in ISO form (day, week)."""
        return {
            dt.date.fromisoformat(str(date)): count.incidents
            for date, count in self.named([column]).items()
        }


def choose_places(shown: Mapping[Hashable, Shown]) -> set[str]:
    """Choose the places of the grid: the busiest of those that are shown."""
    placed = [
        (-cell.incidents, str(place))
        for place, cell in shown.items()
        if cell.incidents and place != NOT_RECORDED
    ]
    return {place for _, place in sorted(placed)[:GRID_PLACES]}


def name_day(day: dt.date) -> dict[str, str]:
    """Name the week, month and weekday of a day, as the rows do."""
    monday = day - dt.timedelta(days=day.weekday())
    return {
        "week": monday.isoformat(),
        "month": f"{day:%Y-%m}",
        "weekday": WEEKDAYS[day.weekday()],
    }
