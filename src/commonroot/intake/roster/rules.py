"""What a roster must keep to: one code for each rule, and what follows from a breach.

The table is told in `docs/roster.md`, which a test keeps complete. Which rules could
be checked against which source stands there too.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from commonroot.intake.roster.standard import READ_FILES
from commonroot.intake.sources import UnreadableFileError
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop

USED, ROW, FILE, REST, TOLERATED = "used", "row", "file", "rest", "tolerated"
EFFECTS = {
    USED: "used all the same",
    ROW: "the row is left out",
    FILE: "the file is left out",
    REST: "what follows is left out",
    TOLERATED: "allowed; told in strict reading only",
}
# code: (what is wrong, what happens in lenient reading)
RULES = {
    "nested-folder": (gettext_noop("The files lie in a folder inside the bundle, not at its top."), USED),
    "file-case": (gettext_noop("A file's name has the wrong capital letters."), USED),
    "manifest-missing": (gettext_noop("There is no manifest.csv."), USED),
    "manifest-unreadable": (gettext_noop("manifest.csv does not begin with propertyName,value."), USED),
    "manifest-version": (gettext_noop("The manifest names no version that is 1.1 or 1.2."), USED),
    "manifest-property": (gettext_noop("The manifest lacks a property that must be there."), USED),
    "manifest-twice": (gettext_noop("The manifest names a property twice."), USED),
    "manifest-mode": (gettext_noop("The manifest says neither absent nor bulk nor delta of a file."), USED),
    "file-missing": (gettext_noop("The manifest names a file that is not in the bundle."), FILE),
    "file-absent": (gettext_noop("A file is in the bundle, and the manifest calls it absent."), FILE),
    "file-empty": (gettext_noop("A file has no rows below its header."), USED),
    "file-encoding": (gettext_noop("A file is not written in UTF-8."), USED),
    "file-mark": (gettext_noop("A file begins with a byte-order mark."), TOLERATED),
    "file-broken": (gettext_noop("A file cannot be read as CSV."), REST),
    "header-case": (gettext_noop("A header has the wrong capital letters or spaces around it."), USED),
    "header-order": (gettext_noop("The columns do not stand in the standard's order."), USED),
    "header-twice": (gettext_noop("Two columns have the same header."), FILE),
    "column-required": (gettext_noop("A column that must have values is missing."), FILE),
    "column-missing": (gettext_noop("A column of the standard is missing."), USED),
    "column-unknown": (gettext_noop("A column is not of the standard, nor a metadata column."), USED),
    "row-width": (gettext_noop("A row has more or fewer cells than the header."), ROW),
    "line-break": (gettext_noop("A cell holds a line break."), USED),
    "value-missing": (gettext_noop("A cell that must be filled is blank."), ROW),
    "username-missing": (gettext_noop("A user has no user name, which Commonroot does not need."), USED),
    "value-unknown": (gettext_noop("A cell holds a word that the standard does not know."), ROW),
    "value-case": (gettext_noop("A word of the standard has the wrong capital letters."), USED),
    "date-format": (gettext_noop("A date is not written as YYYY-MM-DD, or is no day."), ROW),
    "date-order": (gettext_noop("The last day comes before the first."), ROW),
    "time-format": (gettext_noop("dateLastModified is not written as 2025-08-25T14:30:00.000Z."), USED),
    "year-format": (gettext_noop("A school year is not written with four digits."), USED),
    "email-format": (gettext_noop("An e-mail address cannot be one; the person has none."), USED),
    "key-form": (gettext_noop("A sourcedId has characters that it may not have, or over 255."), USED),
    "key-twice": (gettext_noop("A key stands in a second row."), ROW),
    "bulk-filled": (gettext_noop("A bulk file has a status or dateLastModified."), USED),
    "delta-blank": (gettext_noop("A delta file lacks a status or dateLastModified."), ROW),
    "reference-missing": (gettext_noop("A row points at a record that is not there."), ROW),
    "place-missing": (gettext_noop("A user belongs to a place that is not there."), USED),
    "above-missing": (gettext_noop("The record above is not there; this one stands at the top."), USED),
    "above-cycle": (gettext_noop("Records stand above one another in a circle."), USED),
    "primary-twice": (gettext_noop("A user has two primary roles at one place."), USED),
    "role-none": (gettext_noop("A user has no role, so could be a student."), ROW),
}  # fmt: skip
COLUMN = re.compile(r"column (\d+)")
# A row that is wrong is often one of a million: the first thousand tell it.
MOST_LISTED = 1000
MOST_TOLD = 10


@dataclass(frozen=True)
class Breach:
    """One thing that is not as the standard says.

    `row` counts as a spreadsheet does, header included; 0 is the file as a whole.
    `detail` may name a column, and never what a cell holds; `more` counts rows that are
    not listed one by one.
    """

    file: str
    row: int
    rule: str
    detail: str = ""
    more: int = 0

    @property
    def says(self) -> str:
        """Say what is wrong, in the language that is spoken."""
        says = explain(self.rule, self.detail)
        if not self.more:
            return says
        return _("{says} {more:,} more rows.").format(says=says, more=self.more)

    def __str__(self) -> str:
        """Say where it is and what is wrong."""
        if not self.row:
            return f"{self.file}: {self.says}"
        return _("{file}, row {row}: {says}").format(
            file=self.file, row=self.row, says=self.says
        )


class RosterError(UnreadableFileError):
    """A roster was refused in strict reading; `breaches` has all the reasons."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        """Tell the first ten breaches, and how many more there are."""
        self.breaches = tuple(breaches)
        lines = [f"- {breach}" for breach in breaches[:MOST_TOLD]]
        if len(breaches) > MOST_TOLD:
            more = len(breaches) - MOST_TOLD
            lines.append(_("- and {more:,} more.").format(more=more))
        told = "\n".join(lines)
        super().__init__(
            _(
                "The roster is not as it should be, and nothing was taken.\n"
                "{told}\n"
                "Mend these in the system that made it, and export again."
            ).format(told=told)
        )


@dataclass
class Breaches:
    """The breaches found so far."""

    listed: list[Breach] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, file: str, row: int, code: str, detail: str = "") -> None:
        """Note one breach. `detail` may name a column, and never what a cell holds.

        A cell that has slipped could hold a password or a student's name.
        """
        self.counts[file, code] += 1
        if self.counts[file, code] <= MOST_LISTED:
            self.listed.append(Breach(file, row, code, detail))

    def settle(self, *, strict: bool) -> tuple[Breach, ...]:
        """Give them in the order of files and rows; what is tolerated only if strict."""
        named = [f"{name}.csv" for name in ("manifest", *READ_FILES)]
        files = list(dict.fromkeys([*named, *(b.file for b in self.listed)]))
        more = [
            Breach(file, 0, code, more=count - MOST_LISTED)
            for (file, code), count in self.counts.items()
            if count > MOST_LISTED
        ]
        told = [b for b in [*self.listed, *more] if strict or not is_tolerated(b)]
        return tuple(sorted(told, key=lambda b: (files.index(b.file), b.row)))


def explain(code: str, detail: str = "") -> str:
    """Say what a code means.

    >>> explain("value-missing", "name")
    'A cell that must be filled is blank (name).'
    """
    sentence = _(RULES[code][0])
    return f"{sentence[:-1]} ({say_detail(detail)})." if detail else sentence


def say_detail(detail: str) -> str:
    """Say a detail: a column by its name or its number, or two by their names.

    >>> say_detail("column 4"), say_detail("status and dateLastModified")
    ('column 4', 'status and dateLastModified')
    """
    found = COLUMN.fullmatch(detail)
    if found:
        return _("column {number}").format(number=found[1])
    several, _between, last = detail.rpartition(" and ")
    if not several:
        return last
    return _("{several} and {last}").format(several=several, last=last)


def leaves_out(code: str) -> bool:
    """Does a breach of this rule leave its row out?

    >>> leaves_out("row-width"), leaves_out("line-break")
    (True, False)
    """
    return RULES[code][1] == ROW


def is_tolerated(breach: Breach) -> bool:
    """Is this a breach that refuses nothing?"""
    return RULES[breach.rule][1] == TOLERATED


def refuse(breaches: Sequence[Breach]) -> None:
    """Raise `RosterError` if there is a breach beside those that are tolerated."""
    if not all(is_tolerated(breach) for breach in breaches):
        raise RosterError(breaches)
