"""From engine to released tables: what the sheet counts, and what it may show."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from commonroot.analysis.disclosure import TOTAL, Cell, Released, protect
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

    def total_cell(self, parts: Mapping[object, int]) -> Cell:
        """Make the cell of everything."""
        return Cell(
            EVERYTHING,
            self.total.incidents,
            people(self.total, keyed=self.keyed),
            parts,
        )

    def simple_cells(self, column: str) -> list[Cell]:
        """Make the cells of one column whose values overlap nothing."""
        return [
            Cell(
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
        removals = Cell(
            EVERYTHING,
            removed.removals,
            people(removed, keyed=self.keyed),
            {name_value(key[0]): whole[name_value(key[0])] for key in removing},
        )
        return protect(
            {TOTAL: [self.total_cell(whole)], "response": cells, "removals": [removals]}
        )

    def release_calendar(self, days: Collection[dt.date]) -> Released:
        """Release weeks, months and weekdays, which are all made of the same days."""
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
        return protect({TOTAL: [self.total_cell(whole)], **tables})

    def make_cell(
        self, name: str, parts: Mapping[object, int], counts: Mapping[object, Count]
    ) -> Cell:
        """Make one cell of a calendar table; a week without an incident is zero."""
        count = counts.get(name, Count(0, 0, 0, 0))
        return Cell(name, count.incidents, people(count, keyed=self.keyed), parts)

    def release_situations(self, time_column: str) -> Released:
        """Release places, times and the grid of both, which overlap."""
        block = "hour" if time_column == "half_hour" else time_column
        columns = (
            ["location", time_column]
            if block == time_column
            else ["location", time_column, block]
        )
        atoms = self.engine.count(columns).cells
        tables: dict[str, dict[object, dict[object, int]]] = {
            "location": defaultdict(dict),
            "time": defaultdict(dict),
            "situation": defaultdict(dict),
        }
        places = self.busiest_places()
        for key, count in atoms.items():
            place, time = name_value(key[0]), name_value(key[1])
            hour = name_value(key[-1])
            atom = (place, time)
            tables["location"][place][atom] = count.incidents
            tables["time"][time][atom] = count.incidents
            if place in places and hour != NOT_RECORDED:
                tables["situation"][place, hour][atom] = count.incidents
        counted = {
            "location": self.named(["location"]),
            "time": self.named([time_column]),
            "situation": self.named(["location", block]),
        }
        cells = {
            table: [
                Cell(
                    key,
                    counted[table][key].incidents,
                    people(counted[table][key], keyed=self.keyed),
                    parts,
                    # How much was not recorded is told as coverage.
                    public=key == NOT_RECORDED,
                )
                for key, parts in sorted(found.items(), key=repr)
            ]
            for table, found in tables.items()
        }
        whole: dict[object, int] = {
            (name_value(k[0]), name_value(k[1])): c.incidents for k, c in atoms.items()
        }
        return protect({TOTAL: [self.total_cell(whole)], **cells})

    def named(self, columns: Sequence[str]) -> dict[object, Count]:
        """Count columns, with the names of their values as keys."""
        found: dict[object, Count] = {}
        for key, count in self.engine.count(columns).cells.items():
            names = tuple(name_value(value) for value in key)
            found[names if len(names) > 1 else names[0]] = count
        return found

    def busiest_places(self) -> list[str]:
        """Name the places of the grid, busiest first."""
        counted = self.engine.count(["location"]).cells
        placed = [
            (count.incidents, str(key[0])) for key, count in counted.items() if key[0]
        ]
        return [
            name
            for _, name in sorted(placed, key=lambda x: (-x[0], x[1]))[:GRID_PLACES]
        ]


def name_day(day: dt.date) -> dict[str, str]:
    """Name the week, month and weekday of a day, as the rows do."""
    monday = day - dt.timedelta(days=day.weekday())
    return {
        "week": monday.isoformat(),
        "month": f"{day:%Y-%m}",
        "weekday": WEEKDAYS[day.weekday()],
    }
