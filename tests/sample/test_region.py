"""The sample region: told the same way twice, and true to what it says of itself."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar

from commonroot.sample import make_region

Row = dict[str, str]
# An incident's key within its school, its date as written, and what kind of row.
Seen = tuple[str, str]

# Majors per 100 students per recorded day in one school year. A small school's
# year is a small count, so the range is wider than that of the medians.
MAJOR_RATES = {
    "elementary": (0.16, 0.38),
    "middle": (0.34, 0.54),
    "high": (0.38, 0.6),
    "K-8": (0.2, 0.45),
}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("region")
    make_region(out)
    return out


@pytest.fixture(scope="module")
def truth(region: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((region / "truth.json").read_text("utf-8"))
    return told


@pytest.fixture(scope="module")
def rows(region: Path) -> list[Row]:
    return read_table(region / "region.csv")


def read_table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def offenders(rows: list[Row]) -> list[Row]:
    """One row for each student written up in each incident."""
    seen = {
        (row["Incident ID"], row["Student ID"]): row
        for row in rows
        if row["Role"] == "Offender"
    }
    return list(seen.values())


def incidents(rows: list[Row]) -> list[Row]:
    """One row for each incident."""
    return list({row["Incident ID"]: row for row in rows}.values())


def enrolled(region: Path) -> dict[tuple[str, str], int]:
    return {
        (row["school"], row["school_year"]): int(row["students"])
        for row in read_table(region / "enrolment.csv")
        if not row["grade"] and not row["group"]
    }


def test_the_same_seed_gives_the_same_bytes(region: Path, tmp_path: Path) -> None:
    make_region(tmp_path)

    assert read_bytes(tmp_path) == read_bytes(region)


def test_another_seed_gives_another_region(region: Path, tmp_path: Path) -> None:
    make_region(tmp_path, seed=2)

    first, second = read_bytes(region), read_bytes(tmp_path)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] == second[name]] == ["staff.csv"]


def test_one_year_is_the_latest(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []

    make_region(tmp_path, years=1, report=lambda *report: told.append(report))

    years = {row["School Year"] for row in read_table(tmp_path / "region.csv")}
    assert years == {"2025-26"}
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_region_without_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one school year"):
        make_region(tmp_path, years=0)


def test_the_region_has_the_size_it_says(truth: dict[str, Any], region: Path) -> None:
    schools = truth["schools"]
    latest = [
        count for (_, year), count in enrolled(region).items() if year[-2:] == "26"
    ]

    assert sum(latest) == 4000
    assert sum(one["students"] for one in schools) == 4000
    assert sum(one["educators"] for one in schools) == 420
    staff = read_table(region / "staff.csv")
    assert sum(int(row["number"]) for row in staff) == 420
    assert len(schools) == 11
    assert len({one["district"] for one in schools}) == 5
    assert len({one["county"] for one in schools}) == 4
    assert len({one["system"] for one in schools}) == 11


def test_it_is_small_enough(rows: list[Row], region: Path) -> None:
    assert 15_000 <= len(incidents(rows)) <= 20_000
    assert sum(map(len, read_bytes(region).values())) < 30_000_000


def test_the_truth_is_a_plain_count_of_the_table(
    rows: list[Row], truth: dict[str, Any]
) -> None:
    removals = {
        (row["Incident ID"], row["Student ID"], row["Action Taken"]): row
        for row in rows
        if row["Action Taken"] in truth["removal_responses"]
    }

    for name, among in (
        ("incidents", incidents(rows)),
        ("student_incidents", offenders(rows)),
        ("removals", list(removals.values())),
    ):
        counted = Counter((row["School"], row["School Year"]) for row in among)
        told = {
            (school["school"], year): counts[name]
            for school in truth["schools"]
            for year, counts in school["by_year"].items()
        }
        assert counted == told


def test_every_incident_has_an_offender_and_a_school_day(
    rows: list[Row], region: Path, truth: dict[str, Any]
) -> None:
    days = {(r["school"], r["date"]) for r in read_table(region / "calendar.csv")}

    assert len({row["Incident ID"] for row in offenders(rows)}) == len(incidents(rows))
    assert all((row["School"], row["Incident Date"]) in days for row in rows)
    for gap in truth["gaps"]:
        inside = [
            row
            for row in rows
            if row["School"] == gap["school"]
            and gap["from"] <= row["Incident Date"] <= gap["to"]
        ]
        assert inside == []


def test_few_students_make_many_of_the_incidents(rows: list[Row], region: Path) -> None:
    """Over all school years, the top 5 % of students make 38 to 46 %."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in offenders(rows):
        year = (row["School"], row["School Year"])
        counts.setdefault(year, Counter())[row["Student ID"]] += 1

    top = sum(
        count
        for year, students in enrolled(region).items()
        for _, count in counts[year].most_common(round(students * 0.05))
    )

    assert 0.38 <= top / len(offenders(rows)) <= 0.46


def test_about_one_incident_in_eight_has_several_students(rows: list[Row]) -> None:
    students = Counter(row["Incident ID"] for row in offenders(rows))

    several = sum(count > 1 for count in students.values())

    assert 0.1 <= several / len(students) <= 0.14


def test_rates_lie_where_schools_like_these_do(
    rows: list[Row], region: Path, truth: dict[str, Any]
) -> None:
    level = {one["school"]: one["level"] for one in truth["schools"]}
    days = recorded_days(region, truth)
    majors = Counter(
        (row["School"], row["School Year"])
        for row in incidents(rows)
        if row["Severity"] == "Major (administrator-managed)"
    )

    for year, students in enrolled(region).items():
        rate = majors[year] / students * 100 / days[year]
        low, high = MAJOR_RATES[level[year[0]]]
        if year != ("Cinder Basin High", "2025-26"):  # the one true change
            assert low <= rate <= high, year


def recorded_days(region: Path, truth: dict[str, Any]) -> Counter[tuple[str, str]]:
    gaps = [(gap["school"], gap["from"], gap["to"]) for gap in truth["gaps"]]
    return Counter(
        (row["school"], school_year(row["date"]))
        for row in read_table(region / "calendar.csv")
        if not any(
            row["school"] == school and first <= row["date"] <= last
            for school, first, last in gaps
        )
    )


def school_year(day: str) -> str:
    autumn = int(day[:4]) - (day[5:7] < "08")
    return f"{autumn}-{(autumn + 1) % 100:02d}"


def test_each_year_has_about_172_school_days(region: Path) -> None:
    days = Counter(
        (row["school"], school_year(row["date"]))
        for row in read_table(region / "calendar.csv")
    )

    assert len(days) == 33
    assert all(170 <= count <= 174 for count in days.values())


def test_the_calendar_file_explains_every_weekday_off(region: Path) -> None:
    taught = {
        date.fromisoformat(row["date"])
        for row in read_table(region / "calendar.csv")
        if row["school"] == "Juniper Flat Elementary" and row["date"] > "2025-08"
    }
    calendar = Calendar.from_ical((region / "calendar.ics").read_bytes())

    first, last = min(taught), max(taught)
    span = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal())]
    off = {day for day in span if day.weekday() < 5} - taught
    events = recurring_ical_events.of(calendar)
    assert off == {day for day in span if day.weekday() < 5 and events.at(day)}


def test_enrolment_adds_up(region: Path) -> None:
    totals = enrolled(region)

    for school, year in totals:
        among = [
            row
            for row in read_table(region / "enrolment.csv")
            if (row["school"], row["school_year"]) == (school, year)
        ]
        sums: Counter[str] = Counter()
        for row in among:
            sums["grade" if row["grade"] else row["group"]] += int(row["students"])
        assert set(sums) == {
            "", "grade", "Race/Ethnicity", "IEP", "English Learner", "Gender",
        }  # fmt: skip
        assert set(sums.values()) == {totals[school, year]}


def fits(row: Row, pattern: dict[str, Any]) -> bool:
    """Whether a row meets all of a pattern's conditions, the dates apart."""
    for column, allowed in pattern["conditions"].items():
        if column == "Incident Time":
            if not allowed["from"] <= row[column] < allowed["to"]:
                return False
        elif column == "Weekday":
            if f"{date.fromisoformat(row['Incident Date']):%A}" not in allowed:
                return False
        elif row[column] not in allowed:
            return False
    return bool(row["School"] == pattern["school"])


def test_planted_patterns_are_there(rows: list[Row], truth: dict[str, Any]) -> None:
    """As many as told inside the dates, and more than on all other days."""
    patterns = [one for one in truth["patterns"] if one["kind"] == "place and time"]
    assert len(patterns) == 7

    for pattern in patterns:
        alike = [
            row for row in rows if row["Role"] == "Offender" and fits(row, pattern)
        ]
        days = {row["Incident ID"]: row["Incident Date"] for row in alike}
        inside = sum(pattern["from"] <= day <= pattern["to"] for day in days.values())
        assert inside >= pattern["usual_incidents"] + pattern["extra_incidents"]
        assert pattern["ratio_as_told"] > 2
        assert inside > len(days) - inside


def test_the_demo_school_has_its_recess(truth: dict[str, Any]) -> None:
    recess = truth["patterns"][0]

    assert recess["school"] == "Juniper Flat Elementary"
    assert recess["conditions"] == {
        "Location": ["Playground"],
        "Incident Time": {"from": "12:25", "to": "12:50"},
        "Grade": ["3", "4"],
    }
    assert 4 <= recess["ratio_as_told"] <= 6
    assert recess["extra_incidents"] >= 30


def test_the_planted_disparity_is_there_and_modest(
    rows: list[Row], region: Path, truth: dict[str, Any]
) -> None:
    (planted,) = (one for one in truth["patterns"] if one["kind"] == "disparity")
    school, behaviours = planted["school"], planted["conditions"]["Behavior"]
    subjective = [
        row
        for row in rows
        if row["School"] == school
        and row["School Year"] in ("2024-25", "2025-26")
        and row["Behavior"] in behaviours
    ]
    here = [row for row in read_table(region / "enrolment.csv")
            if row["school"] == school and row["school_year"] > "2024"]  # fmt: skip
    group = sum(int(row["students"]) for row in here if row["value"] == "Hispanic")
    everybody = sum(int(r["students"]) for r in here if not r["grade"] + r["group"])

    written_up = Counter(row["Race/Ethnicity"] for row in offenders(subjective))
    others = sum(written_up.values()) - written_up["Hispanic"]
    ratio = written_up["Hispanic"] / group / (others / (everybody - group))

    assert 1.4 <= ratio <= 2.4


def test_the_changed_school_has_half_as_many_incidents(
    rows: list[Row], region: Path, truth: dict[str, Any]
) -> None:
    (change,) = truth["changes"]
    school, first = change["school"], change["from"]
    days = [row["date"] for row in read_table(region / "calendar.csv")
            if row["school"] == school and row["date"] > "2025-08"]  # fmt: skip
    counts = Counter(
        row["Incident Date"] for row in incidents(rows) if row["School"] == school
    )

    before = [counts[day] for day in days if day < first]
    after = [counts[day] for day in days if day >= first]

    ratio = sum(after) / len(after) / (sum(before) / len(before))
    assert 0.4 <= ratio <= 0.62


# Reading every shape again with the standard library, as plainly as can be.


def read_csv(path: Path, encoding: str = "utf-8", **form: Any) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, **form)


def read_swis(path: Path) -> Iterator[Seen]:
    for row in read_csv(path):
        yield row["Referral ID"], row["Referral Date"]


def read_powerschool_incidents(path: Path) -> Iterator[Seen]:
    for row in read_csv(path):
        yield row["[Incident]Incident_ID"], row["[Incident]Incident_TS"][:10]


def read_powerschool_logs(path: Path) -> Iterator[Seen]:
    """Where nothing links students, every different row is an incident."""
    for row in read_csv(path, delimiter="\t"):
        number = row["Discipline_IncidentNumber"]
        key = number if number != "0" else repr(row)
        yield key, row["Discipline_IncidentDate"]


def read_infinite_campus(path: Path) -> Iterator[Seen]:
    assert path.read_bytes()[:2] == b"\xff\xfe"
    for row in read_csv(path, "utf-16"):
        if row["Alignment"] != "Award":
            yield row["Incident ID"], row["Incident Date"]


def read_skyward(path: Path) -> Iterator[Seen]:
    for row in read_csv(path, "cp1252", delimiter="|"):
        if not row["Offense Name"].startswith("No Behavior"):
            key = f"{row['School Year']} {row['Incident Nbr']}"
            yield key, row["Incident Date & Time"].partition(" ")[0]


def read_aeries(path: Path) -> Iterator[Seen]:
    for row in read_csv(path):
        yield row["IID"], row["DT"]


def read_aspen(path: Path) -> Iterator[Seen]:
    for row in read_csv(path, escapechar="\\", doublequote=False):
        day = "" if row["event_date"] == "NULL" else row["event_date"]
        place = (row["event_date"], row["incident_time"], row["incident_location"])
        yield " ".join(place), day


def read_deanslist(path: Path) -> Iterator[Seen]:
    for row in json.loads(path.read_text("utf-8"))["data"]:
        yield row["IncidentID"], row["IssueTS"] and row["IssueTS"]["date"][:10]


def read_educlimber(path: Path) -> Iterator[Seen]:
    for row in json.loads(path.read_text("utf-8")):
        day = row["event_date"]
        if not row["event_name"].startswith("No Behavior"):
            text = f"{day['year']}-{day['month']}-{day['day']}" if day else ""
            yield row["incident_id"], text


def read_edfi(path: Path) -> Iterator[Seen]:
    space = "{http://ed-fi.org/5.2.0}"
    for one in ET.parse(path).getroot().findall(space + "DisciplineIncident"):
        number = one.findtext(space + "IncidentIdentifier", "")
        yield number, one.findtext(space + "IncidentDate", "")


def read_synergy(path: Path) -> Iterator[Seen]:
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with ZipFile(path) as book:
        assert book.testzip() is None
        shared = ET.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(item.itertext()) for item in shared]
    for row in list(sheet.iter(space + "row"))[4:]:
        cells = {}
        for cell in row.findall(space + "c"):
            value = cell.findtext(space + "v", "")
            text = texts[int(value)] if cell.get("t") == "s" else value
            cells[cell.get("r", "").rstrip("0123456789")] = text
        if cells["A"] != "Total" and not cells.get("R", "").startswith("No Behavior"):
            yield cells["A"], cells.get("C", "")


READERS: dict[str, Callable[[Path], Iterator[Seen]]] = {
    "SWIS": read_swis,
    "PowerSchool Incident Management": read_powerschool_incidents,
    "PowerSchool log entries": read_powerschool_logs,
    "Infinite Campus": read_infinite_campus,
    "Synergy": read_synergy,
    "Skyward": read_skyward,
    "Aeries": read_aeries,
    "DeansList": read_deanslist,
    "Aspen": read_aspen,
    "eduCLIMBER": read_educlimber,
    "Ed-Fi": read_edfi,
}
FUTURE_SERIALS = range(47119, 47484)  # 2029 as Excel counts days


def is_future(day: str) -> bool:
    return "2029" in day or (day.isdigit() and int(day) in FUTURE_SERIALS)


@pytest.mark.parametrize("system", READERS)
def test_each_file_holds_the_true_incidents(
    system: str, region: Path, truth: dict[str, Any]
) -> None:
    """Once the faults are put aside, by the rules that the truth gives for them."""
    (school,) = (one for one in truth["schools"] if one["system"] == system)

    days: dict[str, set[str]] = {}
    for key, day in READERS[system](region / school["file"]):
        days.setdefault(key, set()).add(day)

    true = [
        key
        for key, among in days.items()
        if len(among) == 1 and not any(not day or is_future(day) for day in among)
    ]
    assert len(true) == sum(one["incidents"] for one in school["by_year"].values())
    assert sum(len(among) > 1 for among in days.values()) * 2 == school["faults"].get(
        "two_dates", 0
    )


def test_rows_and_faults_are_counted_as_they_stand(
    region: Path, truth: dict[str, Any]
) -> None:
    told = {one["system"]: one for one in truth["schools"]}

    for system, form in (
        ("SWIS", {}),
        ("PowerSchool Incident Management", {}),
        ("PowerSchool log entries", {"delimiter": "\t"}),
        ("Skyward", {"delimiter": "|", "encoding": "cp1252"}),
        ("Infinite Campus", {"encoding": "utf-16"}),
        ("Aeries", {}),
        ("Aspen", {"escapechar": "\\", "doublequote": False}),
    ):
        school = told[system]
        found = [tuple(r.items()) for r in read_csv(region / school["file"], **form)]
        assert len(found) == school["rows"]
        repeated = len(found) - len(set(found))
        assert repeated == school["faults"]["exact_duplicates"], system


def test_many_log_entries_carry_the_default_time(
    region: Path, truth: dict[str, Any]
) -> None:
    (school,) = (
        one for one in truth["schools"] if one["system"] == "PowerSchool log entries"
    )

    rows = list(read_csv(region / school["file"], delimiter="\t"))
    default = sum(row["Entry_Time"] == "08:00" for row in rows)

    assert default == school["faults"]["default_times"]
    assert default / len(rows) > 0.25
