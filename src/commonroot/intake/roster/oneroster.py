"""A OneRoster bundle to a roster, file by file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from commonroot.intake.roster.bundle import Bundle, open_bundle
from commonroot.intake.roster.checks import Row, check_row
from commonroot.intake.roster.columns import PASSWORD, Header, read_header
from commonroot.intake.roster.members import Member
from commonroot.intake.roster.people import RoleBook, make_person
from commonroot.intake.roster.places import hang, make_place, make_session
from commonroot.intake.roster.records import (
    Roster,
    RosterPerson,
    RosterPlace,
    RosterSession,
    Unread,
)
from commonroot.intake.roster.references import ABOVE, Keys
from commonroot.intake.roster.rules import Breaches
from commonroot.intake.roster.standard import FileStandard, read_standard
from commonroot.intake.roster.texts import Numbered, read_file, take_header


@dataclass
class Reading:
    """A bundle being read: what is known of it so far."""

    bundle: Bundle
    found: Breaches
    keys: Keys
    book: RoleBook = field(default_factory=RoleBook)
    places: dict[str, RosterPlace] = field(default_factory=dict)
    sessions: dict[str, RosterSession] = field(default_factory=dict)
    people: dict[str, RosterPerson] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    lines: dict[str, dict[str, int]] = field(default_factory=dict)
    dropped: list[Unread] = field(default_factory=list)

    def take(self, name: str, row: Row) -> None:
        """Take what is kept of one row; nothing of classes, courses and enrolments."""
        if name == "roles":
            self.book.take_role(row, self.found)
        elif name == "users":
            self.take_user(row)
        elif name == "orgs" and not row.deleted:
            self.places[row.key] = make_place(row)
        elif name == "academicSessions" and not row.deleted:
            self.sessions[row.key] = make_session(row)

    def take_user(self, row: Row) -> None:
        """Take a user: a student is counted, and their name is not looked at."""
        if "role" in row.standard.choices:
            self.book.take_user(row)
        if not row.deleted:
            self.users[row.key] = row.number
        if row.key in self.book.staff and row.key not in self.book.students:
            self.people[row.key] = make_person(row)
        elif row.key not in self.book.seen and "roles" in self.keys.complete:
            self.found.add(row.standard.file, row.number, "role-none")


def read_bundle(name: str, members: Sequence[Member], found: Breaches) -> Roster:
    """Read the files of a OneRoster bundle; `name` is what to call it.

    Raises `UnreadableFileError` for what cannot be read as one.
    """
    bundle = open_bundle(name, members, found)
    reading = Reading(bundle, found, Keys(bundle.modes))
    for file, standard in read_standard(bundle.version).items():
        if bundle.modes[file] != "absent" and standard.file in bundle.files:
            read_one(reading, file, standard)
        elif bundle.modes[file] != "absent":
            reading.keys.broken.add(file)
    reading.keys.finish(found)
    note_roleless(reading)
    return make_roster(reading)


def read_one(reading: Reading, name: str, standard: FileStandard) -> None:
    """Read one file of the bundle into what is known."""
    found, keys = reading.found, reading.keys
    raw = reading.bundle.files[standard.file].read()
    rows = read_file(standard.file, raw, found)
    cells = take_header(rows)
    if not cells and not found.counts[standard.file, "file-broken"]:
        found.add(standard.file, 0, "file-empty")
    mode = reading.bundle.modes[name]
    header = read_header(cells, standard, mode, found) if cells else None
    if header is None:
        keys.broken.add(name)
        return
    keys.begin(name)
    reading.lines[name] = {}
    passwords = read_rows(reading, name, header, rows)
    reading.dropped += tell_dropped(header, passwords)
    keys.complete.add(name)


def read_rows(
    reading: Reading, name: str, header: Header, rows: Iterable[Numbered]
) -> int:
    """Read a file's rows into what is known; count those with a password."""
    standard = read_standard(reading.bundle.version)[name]
    found, mode = reading.found, reading.bundle.modes[name]
    passwords, last = 0, 1
    for last, cells in rows:
        passwords += holds_password(header, cells)
        if any("\n" in cell or "\r" in cell for cell in cells):
            found.add(standard.file, last, "line-break")
        row = make_row(standard, mode, header, (last, cells))
        if row is None:
            found.add(standard.file, last, "row-width")
            # What points at this record is not at fault.
            reading.keys.add(name, "".join(cells[header.key : header.key + 1]))
        elif use_row(reading, name, row):
            reading.take(name, row)
    if last == 1:
        found.add(standard.file, 0, "file-empty")
    return passwords


def make_row(
    standard: FileStandard, mode: str, header: Header, numbered: Numbered
) -> Row | None:
    """Make a row of the cells that are read; None when cells may have slipped."""
    number, cells = numbered
    if len(cells) != header.width:
        return None
    read = {
        name: " ".join(cells[place].splitlines())
        for name, place in header.places.items()
    }
    return Row(standard, mode, number, read)


def use_row(reading: Reading, name: str, row: Row) -> bool:
    """Check a row by itself and among the others; may it be used?"""
    usable = check_row(row, reading.found)
    if name in ("roles", "users"):
        reading.book.note_student(row)
    if not row.key:
        return False
    if not reading.keys.add(name, row.key):
        reading.found.add(row.standard.file, row.number, "key-twice")
        return False
    if row.standard.references.get(ABOVE):
        reading.lines[name][row.key] = row.number
    return reading.keys.check(row, reading.found) and usable


def holds_password(header: Header, cells: list[str]) -> bool:
    """Is a password filled in here? Nobody looks which."""
    place = header.password
    return place is not None and place < len(cells) and cells[place] != ""


def tell_dropped(header: Header, passwords: int) -> Iterator[Unread]:
    """Give what a file's header drops, and in how many rows a password was."""
    for told in header.dropped:
        yield replace(told, rows=passwords) if told.what == PASSWORD else told


def note_roleless(reading: Reading) -> None:
    """In 1.2 without roles.csv nobody can be told from a student."""
    if reading.bundle.modes.get("roles") == "absent" and reading.users:
        reading.found.add("users.csv", 0, "role-none")


def make_roster(reading: Reading) -> Roster:
    """Put together what was taken."""
    students, found = reading.book.students, reading.found
    people = [
        replace(person, roles=reading.book.roles_of(key, reading.places))
        for key, person in reading.people.items()
        if key not in students
    ]
    return Roster(
        places=tuple(
            hang("orgs.csv", reading.places, reading.lines.get("orgs", {}), found)
        ),
        people=tuple(people),
        sessions=tuple(
            hang(
                "academicSessions.csv",
                reading.sessions,
                reading.lines.get("academicSessions", {}),
                found,
            )
        ),
        students=len(students & reading.users.keys()),
        unread=tuple(list_dropped(reading)),
    )


def list_dropped(reading: Reading) -> Iterator[Unread]:
    """Name the columns and files that were not read."""
    yield from reading.dropped
    yield from sorted(reading.book.dropped, key=lambda each: (each.file, each.kind))
    read = {
        standard.file for standard in read_standard(reading.bundle.version).values()
    }
    others = set(reading.bundle.files) - read - {"manifest.csv"}
    yield from (Unread(file) for file in sorted(others))
    if reading.bundle.strangers:
        yield Unread("", "others", str(reading.bundle.strangers))
