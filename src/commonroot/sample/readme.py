"""Readme: one paragraph for each file of the region, to read before opening it."""

from textwrap import fill

from commonroot.sample.calendars import year_name
from commonroot.sample.incidents import SchoolRecord

OPENING = (
    "A made-up region. No school, student, family or educator in this folder exists; "
    "every name, number, telephone and address was drawn at random. It is here so "
    "that you can try Commonroot, and so that we can test it."
)

PARAGRAPHS = {
    "region.csv": (
        "All schools' incidents in one flat file with readable headers and no faults. "
        "One row is one student's part in one incident with one behavior and one "
        "action, so rows are not incidents: count distinct incident IDs."
    ),
    "enrolment.csv": (
        "How many students each school had on 1 October of each school year: in all "
        "(grade, group and value blank), by grade, and by group."
    ),
    "calendar.csv": "Every instructional day of every school.",
    "calendar.ics": (
        "The weekdays without school in the demo school's district in the latest "
        "year, as a calendar that other programs can read."
    ),
    "staff.csv": (
        "How many classified and licensed educators work at each school. Counts only."
    ),
    "truth.json": (
        "What is really in here: each school's true counts, the faults in its file, "
        "the patterns planted on purpose, the weeks without records and the one true "
        "change. Look only after you have searched for yourself."
    ),
}

EXPORTED = (
    "What {system} at {school} would hand over: {rows}. Names, birth dates, "
    "telephones, e-mail addresses and stories are in it, all made up, because real "
    "exports have them and Commonroot must drop them at the door."
)


def write_readme(records: list[SchoolRecord]) -> bytes:
    """Write what each file of the folder holds."""
    years = [year_name(year) for year in records[0].days]
    paragraphs = [("A MADE-UP REGION", f"{OPENING} School years: {', '.join(years)}.")]
    for record in records:
        count = f"{len(record.true_incidents):,} true incidents and a few faults"
        text = EXPORTED.format(
            system=record.school.system, school=record.school.name, rows=count
        )
        paragraphs.append((record.school.file, text))
    paragraphs += PARAGRAPHS.items()
    return "\n".join(
        f"{name}\n{fill(text, 80)}\n" for name, text in paragraphs
    ).encode()
