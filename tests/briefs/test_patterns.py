"""What stands out on a sheet: found, told in words, and never more than may be shown."""

import datetime as dt
import io
import json
import random
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefs.small_school import list_days, make_rows, write_rows
from commonroot.briefs.brief import Request, make_brief, scan_file
from commonroot.briefs.patterns import ScanRequest, make_scan_document
from commonroot.briefs.rows import BriefError

QUICK = ScanRequest(replicates=199, given=("independence",))
DAYS = list_days()


def add_rows(rows, extra, *, students=(3000, 3060), seed=3, **values):
    """Add incidents with some values planted, each of a student drawn anew."""
    chance = random.Random(seed)
    fresh = make_rows(extra, seed=99)
    for number, row in enumerate(fresh):
        row.update(
            {
                "Incident ID": 100_000 + number,
                "Incident Date": chance.choice(DAYS).strftime("%m/%d/%Y"),
                "Student ID": chance.randrange(*students),
                **values,
            }
        )
    return [*rows, *fresh]


def planted(extra=60, **more):
    return add_rows(
        make_rows(400, students=150),
        extra,
        **{"Location": "Bus", "Incident Time": "14:40", **more},
    )


def scan(tmp_path, rows, request=QUICK, **more):
    path = write_rows(tmp_path / "incidents.csv", rows)
    return make_scan_document(scan_file(Request(path, **more), request))


def test_a_planted_place_and_time_is_told_in_words_that_begin_with_them(tmp_path):
    document = scan(tmp_path, planted())

    (pattern,) = document["patterns"]
    assert pattern["slice"] == {"location": "Bus", "time": "14:30-15:00"}
    assert pattern["sentence"].startswith("Bus, 2:30 pm to 3 pm: ")
    assert pattern["baseline"] == "independence"
    assert pattern["p_adjusted"] <= 0.05


def test_the_numbers_of_a_pattern_are_those_of_its_rows(tmp_path):
    rows = planted()
    inside = [
        row
        for row in rows
        if row["Location"] == "Bus" and row["Incident Time"] in ("14:40", "14:30")
    ]

    (pattern,) = scan(tmp_path, rows)["patterns"]

    assert pattern["incidents"] == len(inside)
    assert pattern["students"] == len({row["Student ID"] for row in inside})
    times = sum(row["Incident Time"] == "14:40" for row in rows)
    places = sum(row["Location"] == "Bus" for row in rows)
    assert pattern["expected"] == round(times * places / len(rows), 1)


def test_a_school_without_a_pattern_is_told_so_and_how_large_one_would_have_to_be(
    tmp_path,
):
    document = scan(tmp_path, make_rows(300, students=120))

    assert document["patterns"] == []
    assert document["sentence"].startswith(
        "Nothing stands out beyond what chance would show. That does not mean"
    )
    assert set(document["smallest_visible"]) == {"2", "3"}


def test_without_a_student_number_nothing_is_tested_and_it_says_why(tmp_path):
    rows = [{k: v for k, v in row.items() if k != "Student ID"} for row in planted()]

    document = scan(tmp_path, rows)

    assert document["patterns"] == []
    assert document["sentence"].startswith("The records have no student number")
    assert document["searched"]["replicates"] == 0


def test_a_handful_of_incidents_is_not_tested(tmp_path):
    document = scan(tmp_path, make_rows(20, students=20))

    assert document["sentence"].startswith("There are 20 incidents.")


def test_of_fewer_than_five_students_nothing_is_said(tmp_path):
    document = scan(tmp_path, make_rows(60, students=4))

    assert document["sentence"].startswith("Fewer than 5 students")


def test_one_student_with_many_records_is_never_a_pattern(tmp_path):
    document = scan(tmp_path, planted(students=(3000, 3001)))

    assert document["patterns"] == []


def test_the_same_request_gives_the_same_bytes(tmp_path):
    first = json.dumps(scan(tmp_path, planted()))

    assert json.dumps(scan(tmp_path, planted())) == first


def test_the_sheet_and_its_json_carry_the_patterns(tmp_path):
    path = write_rows(tmp_path / "incidents.csv", planted())

    made = make_brief(Request(path), scan=QUICK)

    (pattern,) = json.loads(made.files["brief.json"])["patterns"]
    finding, _, luck = pattern["sentence"].partition(" Luck alone")
    assert finding in made.files["brief.html"].decode()
    assert f"Luck alone{luck}" in made.files["brief.html"].decode()
    assert "<title>Two bars: " in made.files["brief.html"].decode()


def test_the_printed_sheet_has_the_same_picture_and_the_same_words_for_it(tmp_path):
    path = write_rows(tmp_path / "incidents.csv", planted())

    made = make_brief(Request(path), scan=QUICK)

    page = made.files["brief.html"].decode()
    (drawn,) = re.findall(r'<svg class="bars".*?</svg>', page)
    words = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    print_out = PdfReader(io.BytesIO(made.files["brief.pdf"]))
    printed = " ".join(sheet.extract_text() for sheet in print_out.pages)
    assert len(words) == 2
    assert [each for each in words if each not in printed] == []
    told = {
        element["/Alt"]
        for number in range(1, print_out.trailer["/Size"])
        if isinstance(element := print_out.get_object(number), dict)
        and "/Alt" in element
    }
    (title,) = re.findall(r"<title>(.*?)</title>", drawn)
    assert title in told


def test_numbers_are_hidden_where_the_rest_would_be_a_few_students(tmp_path):
    # All but three incidents after 2 pm are in the pattern: the rest is told by subtraction.
    rows = [
        row
        for row in make_rows(500, students=150)
        if not str(row["Incident Time"]).startswith("14")
    ]
    rows = add_rows(rows, 60, **{"Location": "Bus", "Incident Time": "14:40"})
    rows = add_rows(
        rows,
        3,
        seed=8,
        students=(4000, 4002),
        **{"Location": "Classroom", "Incident Time": "14:41"},
    )
    for number, row in enumerate(rows):
        row["Incident ID"] = number

    found = scan(tmp_path, rows)["patterns"]

    on_the_bus = [each for each in found if each["slice"].get("location") == "Bus"]
    assert on_the_bus
    for pattern in on_the_bus:
        assert pattern["protected"] is True
        assert [
            pattern[key]
            for key in ("incidents", "expected", "students", "ratio", "ratio_95")
        ] == [None] * 5
        assert "60 incidents" not in pattern["sentence"]


def test_groups_of_students_are_only_looked_at_when_asked_and_are_marked(tmp_path):
    rows = add_rows(
        make_rows(400, students=150),
        70,
        **{"Location": "Bus", "Race/Ethnicity": "Multiracial"},
    )

    plain = scan(tmp_path, rows)
    asked = scan(
        tmp_path,
        rows,
        ScanRequest(replicates=199, given=("independence",), groups=True),
    )

    assert not any("group" in column for column in plain["searched"]["columns"])
    marked = [each for each in asked["patterns"] if each.get("groups")]
    assert [each["slice"] for each in marked] == [
        {"location": "Bus", "group: Race/Ethnicity": "Multiracial"}
    ]
    assert "not what is the matter with the group" in marked[0]["sentence"]


def test_several_schools_are_compared_within_themselves_and_counted(tmp_path):
    rows = []
    for number, name in enumerate(("Fir", "Oak", "Elm", "Ash")):
        own = make_rows(250, students=100, seed=10 + number)
        if name != "Ash":
            own = add_rows(
                own, 30, seed=number, **{"Location": "Bus", "Incident Time": "14:40"}
            )
        for row in own:
            row["School"] = f"{name} School"
            row["Student ID"] = int(row["Student ID"]) + 10_000 * number
            row["Incident ID"] = int(row["Incident ID"]) + 1_000_000 * number
        rows += own

    (pattern,) = scan(tmp_path, rows)["patterns"]

    assert pattern["slice"] == {"location": "Bus", "time": "14:30-15:00"}
    assert (pattern["schools"], pattern["of_schools"]) == (3, 4)
    assert pattern["strongest"] in ("Fir School", "Oak School", "Elm School")
    assert "in 3 of 4 schools" in pattern["sentence"]


def test_the_last_weeks_are_compared_with_the_weeks_before(tmp_path):
    last = [day for day in DAYS if day > DAYS[-1] - dt.timedelta(days=28)]
    rows = make_rows(500, students=150)
    for row in rows:
        row["Incident Date"] = random.Random(str(row)).choice(DAYS).strftime("%m/%d/%Y")
    rows = add_rows(rows, 40, **{"Location": "Bus"})
    for number, row in enumerate(rows[-40:]):
        row["Incident Date"] = last[number % len(last)].strftime("%m/%d/%Y")

    document = scan(tmp_path, rows, ScanRequest(replicates=199, given=("history",)))

    (pattern,) = document["patterns"]
    assert pattern["slice"] == {"location": "Bus"}
    assert "in the last 4 weeks" in pattern["sentence"]


def test_a_baseline_that_cannot_be_had_is_an_error_that_says_what_it_needs(tmp_path):
    with pytest.raises(BriefError, match="give --enrolment with grades"):
        scan(tmp_path, planted(), ScanRequest(given=("exposure",)))
    with pytest.raises(BriefError, match="at least 12 weeks"):
        scan(
            tmp_path,
            planted(),
            ScanRequest(given=("history",)),
            last=dt.date(2025, 10, 10),
        )


def test_more_in_a_grade_than_its_enrolment_would_give(tmp_path):
    rows = add_rows(make_rows(400, students=150), 200, **{"Grade": 3})
    grades = tmp_path / "enrolment.csv"
    grades.write_text(
        "School,School Year,Grade,Students\n"
        + "".join(f"Larch Hill Elementary,2025-26,{g},60\n" for g in range(1, 6))
    )

    document = scan(
        tmp_path,
        rows,
        ScanRequest(replicates=199, given=("exposure",)),
        enrolment=grades,
    )

    assert {"grade": "3"} in [each["slice"] for each in document["patterns"]]


@pytest.mark.slow
def test_the_sample_regions_planted_fridays_in_the_lunchroom_are_named(
    region: Path,
):
    document = make_scan_document(
        scan_file(
            Request(
                region / "incidents" / "salt-marsh-school.json",
                first=dt.date(2025, 9, 1),
            ),
            ScanRequest(given=("independence",)),
        )
    )

    assert any(
        each["slice"].get("location") == "Lunchroom"
        and each["slice"].get("weekday") == "Friday"
        for each in document["patterns"]
    )


def write_up_each(rows, *, seed=4):
    """Let incidents have one to three more students, each with a record of its own."""
    chance = random.Random(seed)
    records = []
    for row in rows:
        for _ in range(1 + chance.randrange(3)):
            records.append({**row, "Student ID": chance.randrange(5000, 5400)})
    for number, record in enumerate(records):
        record["Incident ID"] = number
    return records


def test_one_fight_written_up_for_each_student_is_no_pattern(tmp_path):
    named = 0
    for seed in range(8):
        rows = make_rows(200, students=400, seed=20 + seed)
        chance = random.Random(seed)
        for row in rows:
            hour, minute = row["Incident Time"].split(":")
            row["Incident Time"] = f"{hour}:{int(minute) - chance.randrange(6):02d}"
        named += bool(scan(tmp_path, write_up_each(rows, seed=seed))["patterns"])

    assert named <= 2


def test_records_without_a_student_number_make_no_pattern_of_a_school(tmp_path):
    rows = planted(40)
    for row in rows[-40:]:
        row["Student ID"] = ""

    assert scan(tmp_path, rows)["patterns"] == []


def test_numbers_are_hidden_where_the_rest_of_an_hour_would_be_a_few_students(tmp_path):
    rows = [
        row
        for row in make_rows(600, students=150)
        if row["Location"] != "Bus" or not str(row["Incident Time"]).startswith("14")
    ]
    rows = add_rows(rows, 80, **{"Location": "Bus", "Incident Time": "14:40"})
    rows = add_rows(
        rows,
        3,
        seed=8,
        students=(4000, 4002),
        **{"Location": "Bus", "Incident Time": "14:05"},
    )
    for number, row in enumerate(rows):
        row["Incident ID"] = number

    found = scan(tmp_path, rows)["patterns"]

    late = [each for each in found if each["slice"].get("time") == "14:30-15:00"]
    assert late
    assert all(each["protected"] is True for each in late)


def test_a_pattern_in_recent_weeks_is_seen_in_the_schools_that_have_it(tmp_path):
    rows = []
    last = [day for day in DAYS if day > DAYS[-1] - dt.timedelta(days=28)]
    for number, name in enumerate(("Fir", "Oak")):
        own = make_rows(400, students=150, seed=30 + number)
        for row in own:
            row["Incident Date"] = (
                random.Random(str(row)).choice(DAYS).strftime("%m/%d/%Y")
            )
        own = add_rows(own, 30, seed=number, **{"Location": "Bus"})
        for at, row in enumerate(own[-30:]):
            row["Incident Date"] = last[at % len(last)].strftime("%m/%d/%Y")
        for row in own:
            row["School"] = f"{name} School"
            row["Student ID"] = int(row["Student ID"]) + 10_000 * number
            row["Incident ID"] = int(row["Incident ID"]) + 1_000_000 * number
        rows += own

    document = scan(tmp_path, rows, ScanRequest(replicates=199, given=("history",)))

    on_the_bus = [
        each for each in document["patterns"] if each["slice"] == {"location": "Bus"}
    ]
    assert [each["schools"] for each in on_the_bus] == [2]


def test_so_few_replicates_that_nothing_could_be_named_are_refused(tmp_path):
    asked = ScanRequest(depth=4, replicates=99, given=("independence", "history"))

    with pytest.raises(BriefError, match="Ask for --replicates 120 or more"):
        scan(tmp_path, make_rows(400, students=150), asked)


def test_the_rate_of_several_schools_and_years_is_of_all_their_students(tmp_path):
    rows = []
    for number, name in enumerate(("Fir", "Oak")):
        for year in (2024, 2025):
            for row in make_rows(120, students=80, seed=number + year):
                date = str(row["Incident Date"])
                shifted = f"{date[:6]}{int(date[6:]) + year - 2025}"
                rows.append(
                    {**row, "School": f"{name} School", "Incident Date": shifted}
                )
    for number, row in enumerate(rows):
        row["Incident ID"] = number
    enrolment, calendar = tmp_path / "enrolment.csv", tmp_path / "calendar.csv"
    enrolment.write_text(
        "School,School Year,Students\nFir School,2024-25,300\nFir School,2025-26,310\n"
        "Oak School,2024-25,200\nOak School,2025-26,190\n"
    )
    days = [day.replace(year=day.year - back) for day in DAYS for back in (0, 1)]
    calendar.write_text(
        "School,Date\n"
        + "".join(f"{s} School,{day}\n" for s in ("Fir", "Oak") for day in days)
    )
    path = write_rows(tmp_path / "incidents.csv", rows)

    made = make_brief(Request(path, enrolment=enrolment, calendar=calendar), scan=QUICK)

    rate = json.loads(made.files["brief.json"])["rate"]
    assert rate["denominator"].startswith("510 students")
