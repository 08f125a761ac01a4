"""A plain table of staff, or of schools, in any shape that intake reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from commonroot.intake.labels import label_key
from commonroot.intake.roster.checks import read_email
from commonroot.intake.roster.plain_columns import (
    count_columns,
    find_columns,
    is_password,
    tells_staff,
)
from commonroot.intake.roster.records import (
    Roster,
    RosterPerson,
    RosterPlace,
    RosterRole,
    Unread,
)
from commonroot.intake.roster.rules import Breaches
from commonroot.intake.sources import Source, read_source

STUDENT_ROLES = ("student", "students", "pupil", "pupils")
# Without a column of roles, whoever stands in a list of staff is of the staff.
ANY_ROLE = "staff"
Cells = Mapping[str, str]


@dataclass
class Tables:
    """What was taken of a plain file so far."""

    file: str
    found: Breaches
    places: dict[str, RosterPlace] = field(default_factory=dict)
    people: dict[str, RosterPerson] = field(default_factory=dict)
    students: int = 0

    def take_staff(self, number: int, cells: Cells) -> None:
        """Take a row of staff; a student is counted and not kept."""
        role = cells.get("role", ANY_ROLE)
        if label_key(role) in STUDENT_ROLES:
            self.students += 1
            return
        person = self.read_person(number, cells)
        if person is None:
            return
        roles = (RosterRole(role, self.read_place(cells)),)
        earlier = self.people.setdefault(person.key, person)
        if earlier.name != person.name:
            self.found.add(self.file, number, "key-twice")
        else:
            whole = tuple(dict.fromkeys(earlier.roles + roles))
            self.people[person.key] = replace(earlier, roles=whole)

    def read_person(self, number: int, cells: Cells) -> RosterPerson | None:
        """Read who a row is about; None when it has no name."""
        parts = [cells.get(part, "") for part in ("given", "family")]
        name = cells.get("name") or " ".join(part for part in parts if part)
        if not name:
            self.found.add(self.file, number, "value-missing", "name")
            return None
        email = read_email(cells.get("email", ""))
        if email == "":
            self.found.add(self.file, number, "email-format")
        own = cells.get("key") or (email or "").casefold()
        return RosterPerson(own or label_key(name), name, email or None)

    def read_place(self, cells: Cells) -> str:
        """Read the place that a row names, and give its key; nothing for none."""
        district, school = cells.get("district", ""), cells.get("school", "")
        above = label_key(district) if district else None
        if district:
            place = RosterPlace(label_key(district), "district", district)
            self.places.setdefault(place.key, place)
        if not school:
            return above or ""
        key = make_key(district, school)
        place = RosterPlace(key, "school", school, cells.get("number"), above)
        self.places.setdefault(key, place)
        return key

    def take_school(self, number: int, cells: Cells) -> None:
        """Take a row of a list of schools."""
        named = {"school": cells.get("name", ""), **cells}
        if not named["school"]:
            self.found.add(self.file, number, "value-missing", "name")
        elif make_key(cells.get("district", ""), named["school"]) in self.places:
            self.found.add(self.file, number, "key-twice")
        else:
            self.read_place(named)


def read_plain(path: Path, found: Breaches) -> Roster:
    """Read a plain list of staff or of schools.

    Raises `UnreadableFileError` for what is neither, and for lists of students.
    """
    source = read_source(path, count_columns)
    columns = find_columns(source.headers)
    tables = Tables(path.name, found)
    is_staff = tells_staff(columns, source.headers)
    for number, cells in read_rows(source, columns):
        if number in source.ragged:
            found.add(path.name, number, "row-width")
        elif is_staff:
            tables.take_staff(number, cells)
        else:
            tables.take_school(number, cells)
    return Roster(
        places=tuple(tables.places.values()),
        people=tuple(tables.people.values()),
        students=tables.students,
        unread=tuple(list_dropped(path.name, source, columns)),
    )


def make_key(district: str, school: str) -> str:
    """Make a school's key within one file.

    >>> make_key("Cedar Valley", "Hill School"), make_key("", "Hill School")
    ('cedarvalley/hillschool', 'hillschool')
    """
    return "/".join(label_key(name) for name in (district, school) if name)


def read_rows(
    source: Source, columns: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the cells that are read of every row; blank rows are none."""
    frame = source.frame.select(columns.values())
    for number, row in zip(source.row_numbers, frame.iter_rows(), strict=True):
        texts = {
            name: " ".join(text.split())
            for name, text in zip(columns, row, strict=True)
            if text and text.strip()
        }
        if texts:
            yield int(number), texts


def list_dropped(
    file: str, source: Source, columns: Mapping[str, str]
) -> Iterator[Unread]:
    """Name the columns that are not read, and in how many rows a password was."""
    for header in source.headers:
        if header not in columns.values():
            filled = source.frame[header].count() if is_password(header) else 0
            yield Unread(file, "column", header, filled)
