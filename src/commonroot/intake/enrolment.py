"""How many students there are: counts by school, year, grade and student group."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from commonroot.intake.dates import (
    MixedDatesError,
    name_school_year,
    read_dates,
    read_school_year,
)
from commonroot.intake.headers import field_aliases, normalise
from commonroot.intake.kept_labels import YES_NO
from commonroot.intake.labels import (
    WITHHELD,
    clean_label,
    find_grade,
    label_key,
    may_be_shown,
)
from commonroot.intake.mapping import MappingError
from commonroot.intake.sources import read_source
from commonroot.languages import gettext as _

HEADERS = {
    "students": "students count enrollment enrolment membership n number headcount studentcount numberofstudents totalenrollment enrolled total totalstudents",
    "group": "group groupcolumn grouptype category groupcategory demographic subgrouptype studentgrouptype dimension",
    "value": "value groupvalue subgroup studentgroup groupname label subgroupname",
    "date": "date countdate asof asofdate snapshotdate",
    "source": "source datasource",
}
EVERYONE = {
    "",
    "all",
    "allstudents",
    "total",
    "everyone",
    "allgrades",
    "school",
    "none",
}
LARGEST_YEARLY_RATIO = 1.5
LONGEST_NUMBER = 8
# Different names of one grouping, normalised. What stands in none is its own family.
FAMILIES = (
    "race ethnicity raceethnicity federalrace federalraceethnicity federalethnicity ethnicgroup studentrace studentethnicity studentraceethnicity racecode racialgroup raceandethnicity",
    "gender sex studentgender legalgender",
    "iep iepstatus hasiep specialed specialeducation specialedstatus specialeducationstatus sped spedstatus idea disability disabilitystatus studentwithdisability studentswithdisabilities",
    "504 504status section504 504plan",
    "englishlearner el ell elstatus ellstatus lep lepstatus multilinguallearner englishlearnerstatus englishlearners",
    "freereducedlunch freereduced frl frlstatus lunch lunchstatus mealstatus economicallydisadvantaged lowincome socioeconomicstatus ses",
)


@dataclass(frozen=True)
class EnrolmentCount:
    """One row: students of a school in a school year, of a grade or a group or all."""

    school: str | None
    school_year: str | None
    grade: str | None
    group: str | None
    value: str | None
    students: int
    date: str | None
    source: str | None


@dataclass(frozen=True)
class Enrolment:
    """All counts of one file, and the rows of it that could not be used."""

    counts: tuple[EnrolmentCount, ...]
    rows_left: tuple[int, ...] = ()

    def of_school(self, school: str | None, school_year: str) -> "Enrolment":
        """Keep one school's counts of one year, or of the nearest year there is.

        A file without school names counts for every school that is asked for, when
        it speaks of one school only.
        """
        named = {count.school for count in self.counts if count.school}
        key = label_key(school) if school else None
        mine = [
            count
            for count in self.counts
            if count.school is None or key is None or label_key(count.school) == key
        ]
        if key is None and len(named) > 1:
            return Enrolment(())
        years = {count.school_year for count in mine if count.school_year}
        if not years:
            return keep_latest(mine)
        nearest = min(
            years, key=lambda year: (abs(int(year[:4]) - int(school_year[:4])), year)
        )
        return keep_latest([c for c in mine if c.school_year in (nearest, None)])

    def total(self) -> int | None:
        """Give the number of students; grades or one group's parts are added if need be."""
        whole = [c.students for c in self.counts if not c.grade and not c.value]
        if whole:
            return max(whole)
        grades = [c.students for c in self.counts if c.grade and not c.value]
        if grades:
            return sum(grades)
        columns = {c.group for c in self.counts if c.value}
        sums = [
            sum(
                c.students
                for c in self.counts
                if c.value and c.group == column and not c.grade
            )
            for column in columns
        ]
        return max(sums, default=0) or None

    def grades(self) -> dict[str, int]:
        """Give the students of each grade."""
        return {c.grade: c.students for c in self.counts if c.grade and not c.value}

    def group(self, header: str, values: Iterable[str]) -> dict[str, int]:
        """Give the students of each group of one column.

        The column goes by its name or by another usual name for the same groups
        (race and ethnicity, say); counts without a column are matched by their values.
        """
        keys = {label_key(value) for value in values}
        mine = [
            c
            for c in self.counts
            if c.value
            and not c.grade
            and (
                find_family(c.group) == find_family(header)
                if c.group
                else label_key(c.value) in keys
            )
        ]
        enrolled: dict[str, int] = {}
        for count in mine:
            # Labels that may not be shown are one here, as they are in the rows.
            enrolled[count.value or ""] = (
                enrolled.get(count.value or "", 0) + count.students
            )
        return enrolled

    def note(self) -> str | None:
        """Say where the counts come from and of which day they are."""
        sources = sorted({c.source for c in self.counts if c.source})
        dates = sorted({c.date for c in self.counts if c.date})
        told = [*sources[:1], *dates[-1:]]
        return ", ".join(told) or None

    def jumps(self) -> list[str]:
        """Name schools whose total changed by half or more from one year to the next."""
        schools = {c.school for c in self.counts}
        found = []
        for school in sorted(schools, key=str):
            years = sorted(
                {
                    c.school_year
                    for c in self.counts
                    if c.school == school and c.school_year
                }
            )
            totals = [
                Enrolment(
                    tuple(
                        c
                        for c in self.counts
                        if (c.school, c.school_year) == (school, year)
                    )
                ).total()
                for year in years
            ]
            for year, before, after in zip(years[1:], totals, totals[1:], strict=False):
                if (
                    before
                    and after
                    and not (
                        1 / LARGEST_YEARLY_RATIO
                        <= after / before
                        <= LARGEST_YEARLY_RATIO
                    )
                ):
                    found.append(
                        _("{school} in {year}").format(
                            school=school or _("the school"), year=year
                        )
                    )
        return found


def find_family(header: str) -> str:
    """Find the family of names that a grouping's name belongs to.

    >>> find_family("Ethnicity") == find_family("race_ethnicity")
    True
    """
    name = normalise(header)
    return next((family for family in FAMILIES if name in family.split()), name)


def keep_latest(counts: Iterable[EnrolmentCount]) -> Enrolment:
    """Keep the latest of several counts of the same students (October, February)."""
    latest: dict[tuple[str | None, ...], EnrolmentCount] = {}
    for count in sorted(counts, key=lambda count: count.date or ""):
        key = (count.school, count.grade, count.group, count.value)
        latest[key] = count
    return Enrolment(tuple(latest.values()))


def read_enrolment(path: Path) -> Enrolment:
    """Read enrolment counts. The format is described in `docs/enrolment.md`.

    Raises `UnreadableFileError` or `MappingError` with a sentence for a person.
    """
    source = read_source(path, count_columns)
    columns = find_columns(source.headers)
    if "students" not in columns:
        raise MappingError(
            _(
                "The enrolment file {file} has no column with the number of students. Name one of "
                "its columns students (or count, enrollment, membership). It has: {headers}."
            ).format(file=path.name, headers=", ".join(source.headers))
        )
    counts, left = [], []
    for row, cells in zip(
        source.row_numbers, source.frame.iter_rows(named=True), strict=True
    ):
        found = read_count({name: cells[header] for name, header in columns.items()})
        if found is None:
            left.append(int(row))
        else:
            counts.append(found)
    if not counts:
        raise MappingError(
            _("The enrolment file {file} has no row with a number of students.").format(
                file=path.name
            )
        )
    refuse_contradictions(path, source.headers, columns, counts)
    return Enrolment(tuple(counts), tuple(left))


def refuse_contradictions(
    path: Path,
    headers: Sequence[str],
    columns: Mapping[str, str],
    counts: Sequence[EnrolmentCount],
) -> None:
    """Stop when two rows count the same students and differ."""
    seen: dict[EnrolmentCount, int] = {}
    for count in counts:
        same = replace(count, students=0, source=None)
        if (
            count.value != WITHHELD
            and seen.setdefault(same, count.students) != count.students
        ):
            unused = [h for h in headers if h not in columns.values()]
            told = ", ".join(
                str(part)
                for part in (count.school, count.school_year, count.grade, count.value)
                if part
            )
            raise MappingError(
                _(
                    "The enrolment file {file} counts {told} twice, and the numbers differ. Columns that "
                    "were not used: {unused}. If one of them names the school, call it school."
                ).format(
                    file=path.name,
                    told=told or _("the whole school"),
                    unused=", ".join(unused) or _("none"),
                )
            )


def count_columns(row: Iterable[str | None]) -> int:
    """Count the cells of a row that could be headers of enrolment."""
    return len(find_columns([cell for cell in row if cell and len(cell) < 60]))


def find_columns(headers: Sequence[str]) -> dict[str, str]:
    """Find which column holds what."""
    columns: dict[str, str] = {}
    for header in headers:
        key = normalise(header)
        for name, aliases in HEADERS.items():
            if key in aliases.split():
                columns.setdefault(name, header)
        for name in field_aliases().get(key, ()):
            if name in ("school", "school_year", "grade"):
                columns.setdefault(name, header)
        if key == "year":
            columns.setdefault("school_year", header)
    if "group" in columns and "value" not in columns:
        columns["value"] = columns.pop("group")
    return columns


def read_count(cells: dict[str, str | None]) -> EnrolmentCount | None:
    """Read one row; None when it holds no whole number of students."""
    number = (cells.get("students") or "").replace(",", "").strip().removesuffix(".0")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    text = {name: clean_label(cell) if cell else None for name, cell in cells.items()}
    value = text.get("value")
    if value and not may_be_shown("group", value):
        value = WITHHELD
    grade = text.get("grade")
    if value and label_key(value) in EVERYONE:
        value = None
    if grade and label_key(grade) in EVERYONE:
        grade = None
    day = read_day(text.get("date"))
    year = (
        read_school_year(text["school_year"] or "") if text.get("school_year") else None
    )
    return EnrolmentCount(
        school=text.get("school"),
        school_year=year or (name_school_year(day) if day else None),
        grade=(find_grade(grade) or grade) if grade else None,
        group=text.get("group"),
        value=YES_NO.get(label_key(value), value) if value else None,
        students=int(number),
        date=day.isoformat() if day else None,
        source=text.get("source"),
    )


def read_day(text: str | None) -> dt.date | None:
    """Read a date if there is one."""
    if not text:
        return None
    try:
        return read_dates({text: 1}).dates.get(text)
    except MixedDatesError:
        return None
