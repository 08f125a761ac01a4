"""Region: telling the whole made-up world and writing it into a folder."""

from collections.abc import Callable
from pathlib import Path

from commonroot.sample.calendars import list_school_days, school_years
from commonroot.sample.educators import hire
from commonroot.sample.exports import Export, export_school
from commonroot.sample.faults import tell_faults
from commonroot.sample.happenings import Teller
from commonroot.sample.incidents import SchoolRecord, number_incidents
from commonroot.sample.places import SCHOOLS, School
from commonroot.sample.planting import Planted, level_frailty, plant_patterns
from commonroot.sample.readme import write_readme
from commonroot.sample.students import enrol
from commonroot.sample.tables import (
    write_calendar,
    write_closures,
    write_enrolment,
    write_incidents,
    write_staff,
)
from commonroot.sample.truth import write_truth

Report = Callable[[str, float], None]


def make_region(
    out: Path, *, seed: int = 1, years: int = 3, report: Report | None = None
) -> None:
    """Write the made-up region into a folder: exports, tables and the truth.

    The same seed and number of years give the same bytes anywhere. Years are
    the latest ones, ending with 2025-26. Report is told what is being done and
    the share done, from 0 to 1.
    """
    if years < 1:
        raise ValueError("A region needs at least one school year.")
    tell = report or _say_nothing
    records: list[SchoolRecord] = []
    planted: dict[str, list[Planted]] = {}
    for done, school in enumerate(SCHOOLS):
        tell(f"Telling {school.name}", done / len(SCHOOLS) * 0.6)
        record, found = tell_school(school, seed=seed, years=years)
        records.append(record)
        planted[school.name] = found
    exports = {}
    for done, record in enumerate(records):
        tell(f"Writing {record.school.file}", 0.6 + done / len(SCHOOLS) * 0.3)
        exports[record.school.name] = export_school(record)
    tell("Writing the region's tables", 0.9)
    _write_all(out, records, exports, planted)
    tell("Done", 1.0)


def tell_school(
    school: School, *, seed: int, years: int
) -> tuple[SchoolRecord, list[Planted]]:
    """Tell one school's years: what happens, what was planted, and the faults."""
    autumns = school_years(years)
    record = SchoolRecord(
        school=school,
        seed=seed,
        rolls=enrol(school, autumns, seed),
        staff=hire(school, seed),
        days={one: list_school_days(school.district, one, seed) for one in autumns},
    )
    level_frailty(record)
    teller = Teller(record)
    incidents = [one for year in autumns for one in teller.tell_year(year)]
    extras, planted = plant_patterns(record, teller, incidents)
    incidents += extras
    incidents += tell_faults(record, incidents)
    record.incidents = number_incidents(incidents)
    return record, planted


def _write_all(
    out: Path,
    records: list[SchoolRecord],
    exports: dict[str, Export],
    planted: dict[str, list[Planted]],
) -> None:
    contents = {
        "region.csv": write_incidents(records),
        "enrolment.csv": write_enrolment(records),
        "calendar.csv": write_calendar(records),
        "calendar.ics": write_closures(records[0]),
        "staff.csv": write_staff(records),
        "README.txt": write_readme(records),
        "truth.json": write_truth(records, exports, planted),
    }
    for record in records:
        contents[record.school.file] = exports[record.school.name].content
    (out / "incidents").mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (out / name).write_bytes(content)


def _say_nothing(message: str, share: float) -> None:
    """Report to nobody."""
