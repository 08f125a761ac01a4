"""Which records there are, and whether what a row points at is among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commonroot.intake.roster.checks import Row
from commonroot.intake.roster.rules import Breaches, leaves_out

LISTS = ("orgSourcedIds", "termSourcedIds")
ABOVE = "parentSourcedId"
MISSING = {ABOVE: "above-missing", "orgSourcedIds": "place-missing"}


@dataclass
class Keys:
    """The keys of every file read so far, and what was asked of files to come.

    Nothing is missed of a file that was left out, nor of a delta: what it does not
    hold may have been sent before. `modes` has the mode of each file.
    """

    modes: Mapping[str, str]
    known: dict[str, set[str]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    asked: list[tuple[str, int, str, str, str]] = field(default_factory=list)

    def begin(self, name: str) -> None:
        """Begin with a file."""
        self.known[name] = set()

    def add(self, name: str, key: str) -> bool:
        """Note a record; False when its key is there already."""
        before = len(self.known[name])
        self.known[name].add(key)
        return len(self.known[name]) > before

    def check(self, row: Row, found: Breaches) -> bool:
        """Note what a row points at in vain; may the row be used?

        What points at a file that is not complete yet is asked by `finish`.
        """
        usable = True
        for column, target in row.standard.references.items():
            code = MISSING.get(column, "reference-missing")
            for key in split_keys(row, column):
                question = (row.standard.file, row.number, column, target, key)
                if not self.must_hold(target):
                    continue
                if target not in self.complete and self.is_to_come(target):
                    self.asked.append(question)
                elif key not in self.known.get(target, ()):
                    found.add(row.standard.file, row.number, code, column)
                    usable = usable and not leaves_out(code)
        return usable

    def finish(self, found: Breaches) -> None:
        """Answer what was asked of files that came later."""
        for file, number, column, target, key in self.asked:
            if self.must_hold(target) and key not in self.known.get(target, ()):
                code = MISSING.get(column, "reference-missing")
                found.add(file, number, code, column)

    def must_hold(self, target: str) -> bool:
        """Must what is pointed at be in this file?"""
        return target not in self.broken and self.modes.get(target) != "delta"

    def is_to_come(self, target: str) -> bool:
        """Will this file still be read?"""
        return self.modes.get(target, "absent") != "absent"


def split_keys(row: Row, column: str) -> list[str]:
    """Give the keys of a cell; some columns hold several, with commas."""
    text = row.text(column)
    keys = text.split(",") if column in LISTS else [text]
    return [key.strip() for key in keys if key.strip()]


def find_circles(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Find records that stand above one another in a circle.

    >>> list(find_circles({"a": "b", "b": "a", "c": "a"}))
    [['a', 'b']]
    """
    settled: set[str] = set()
    for start in above:
        way: list[str] = []
        walked: set[str] = set()
        key = start
        while key in above and key not in settled and key not in walked:
            way.append(key)
            walked.add(key)
            key = above[key]
        if key in walked:
            yield way[way.index(key) :]
        settled |= walked


def cut_circles(
    file: str, above: Mapping[str, str], rows: Mapping[str, int], found: Breaches
) -> dict[str, str]:
    """Take out of a circle everything that stands in it, and note its first row."""
    cut: set[str] = set()
    for circle in find_circles(above):
        found.add(file, min(rows[key] for key in circle), "above-cycle")
        cut.update(circle)
    return {key: upper for key, upper in above.items() if key not in cut}
