"""What one row must keep to by itself, whatever the others hold."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from commonroot.intake.roster.rules import Breaches, leaves_out
from commonroot.intake.roster.standard import FileStandard

DELETED = "tobedeleted"
STATUSES = {"active": "active", DELETED: DELETED}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.A)
MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z", re.A
)
YEAR = re.compile(r"\d{4}", re.A)
KEY = re.compile(r"[0-9A-Za-z./@_-]{1,255}")
EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\".]+(\.[^\s@,;<>\".]+)+")
LONGEST_EMAIL = 254


@dataclass
class Row:
    """One row of a file: the cells that are read, by column."""

    standard: FileStandard
    mode: str
    number: int
    cells: dict[str, str]

    @property
    def key(self) -> str:
        """The record's own key."""
        return self.text("sourcedId")

    def text(self, column: str) -> str:
        """Give a cell without spaces around it; nothing for a column that is missing."""
        return self.cells.get(column, "").strip()

    @property
    def deleted(self) -> bool:
        """Does the sender say that this record is gone?"""
        return self.text("status").casefold() == DELETED

    def day(self, column: str) -> dt.date | None:
        """Give a day that was checked before."""
        return read_day(self.cells.get(column, ""))


def check_row(row: Row, found: Breaches) -> bool:
    """Note every breach of a row; may the row be used?"""
    usable = True
    for check in CHECKS:
        for code, column in check(row):
            found.add(row.standard.file, row.number, code, column)
            usable = usable and not leaves_out(code)
    return usable


def check_filled(row: Row) -> list[tuple[str, str]]:
    """What must be filled is filled."""
    needed = [c for c in row.standard.columns if c in row.standard.required]
    faults = [("value-missing", c) for c in needed if not row.text(c)]
    if "username" in row.cells and not row.text("username"):
        faults.append(("username-missing", ""))
    return faults


def check_lifecycle(row: Row) -> list[tuple[str, str]]:
    """A bulk file says nothing of changes; a delta file says it in every row."""
    marks = {c: row.cells.get(c, "") for c in ("status", "dateLastModified")}
    if row.mode == "bulk":
        filled = [column for column, text in marks.items() if text]
        return [("bulk-filled", " and ".join(filled))] if filled else []
    blank = [column for column, text in marks.items() if not text]
    if blank:
        return [("delta-blank", " and ".join(blank))]
    faults = find_word(STATUSES, marks["status"], "status")
    day = MOMENT.fullmatch(marks["dateLastModified"])
    if not day or read_day(day[1]) is None:
        faults.append(("time-format", ""))
    return faults


def check_choices(row: Row) -> list[tuple[str, str]]:
    """Words of a fixed choice are of that choice; wrong capitals are put right."""
    faults = []
    for column, words in row.standard.choices.items():
        said = row.cells.get(column, "")
        if row.text(column) and not row.standard.may_hold(column, said):
            known = {word.casefold(): word for word in words}
            faults += find_word(known, said, column)
            row.cells[column] = known.get(row.text(column).casefold(), said)
    return faults


def find_word(
    known: Mapping[str, str], said: str, column: str
) -> list[tuple[str, str]]:
    """Say what is wrong with a word of a fixed choice, if anything is."""
    word = known.get(said.strip().casefold())
    if word is None:
        return [("value-unknown", column)]
    return [] if word == said else [("value-case", column)]


def check_dates(row: Row) -> list[tuple[str, str]]:
    """Days are days, and the last is not before the first."""
    written = [c for c in row.standard.dates if row.text(c)]
    faults = [("date-format", c) for c in written if row.day(c) is None]
    days = [day for day in map(row.day, written) if day]
    if len(days) == 2 and days[1] < days[0]:
        faults.append(("date-order", ""))
    year = row.cells.get("schoolYear", "")
    if year and not YEAR.fullmatch(year):
        faults.append(("year-format", ""))
    return faults


def check_forms(row: Row) -> list[tuple[str, str]]:
    """The key and the address look like what they are."""
    faults = []
    if row.key and not KEY.fullmatch(row.cells["sourcedId"]):
        faults.append(("key-form", ""))
    if read_email(row.cells.get("email", "")) == "":
        faults.append(("email-format", ""))
    return faults


def read_day(text: str) -> dt.date | None:
    """Read a day as the standard writes it.

    >>> read_day("2025-08-25"), read_day("20250825"), read_day("2025-02-30")
    (datetime.date(2025, 8, 25), None, None)
    """
    if not DAY.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def read_email(text: str) -> str | None:
    """Read an e-mail address: None for no address, an empty text for a wrong one.

    >>> read_email(" ann@hill.example "), read_email(""), read_email("ann at hill")
    ('ann@hill.example', None, '')
    """
    address = text.strip()
    if not address:
        return None
    good = len(address) <= LONGEST_EMAIL and EMAIL.fullmatch(address)
    return address if good else ""


CHECKS: tuple[Callable[[Row], list[tuple[str, str]]], ...] = (
    check_filled,
    check_lifecycle,
    check_choices,
    check_dates,
    check_forms,
)
