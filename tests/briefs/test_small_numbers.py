"""What somebody learns who holds a sheet's files and knows the school's calendar.

Twins are two schools that differ in protected numbers only: if a sheet keeps its promise,
nobody can tell which of the two it is about. Reader is the other judge: it adds up what
is shown, with scipy and without the program's audit.
"""

import datetime as dt
import io
import json
import re

import numpy as np
import pypdf
import pytest
from scipy.optimize import linprog

from briefs.small_school import list_days, make_rows, write_calendar, write_rows
from commonroot.briefs.brief import Request, make_brief

DAYS = list_days(8)  # eight weeks from Tuesday, 2 September 2025
ENROLMENT = "school,school_year,group,value,students\n"


def happen(day, place="Classroom", *, student, time="09:05", **others):
    return {
        "School": "Larch Hill",
        "Incident Date": day.isoformat(),
        "Incident Time": time,
        "Location": place,
        "Behavior": "Defiance",
        "Student ID": 1000 + student,
        "Grade": 3,
        "Action Taken": "Parent Contact",
        **others,
    }


def happen_on(days, **others):
    """One incident a day listed, each of another student."""
    return [happen(day, student=number, **others) for number, day in enumerate(days)]


def make(folder, rows, *, calendar=None, enrolment=None, **others):
    folder.mkdir(exist_ok=True)
    numbered = [{"Incident ID": n, **row} for n, row in enumerate(rows, 1)]
    if enrolment:
        (folder / "enrolment.csv").write_text(ENROLMENT + enrolment)
    return make_brief(
        Request(
            write_rows(folder / "incidents.csv", numbered),
            calendar=calendar and write_calendar(folder / "calendar.csv", calendar),
            enrolment=folder / "enrolment.csv" if enrolment else None,
            **others,
        )
    ).files


def read(files):
    return json.loads(files["brief.json"])


def protected(cells, key="value"):
    return [cell[key] for cell in cells if cell.get("protected")]


def tell_apart(first, second):
    """Name what differs between two sheets: paths into brief.json, and other files."""
    found = [
        name for name in ("brief.html", "brief.pdf") if first[name] != second[name]
    ]

    def walk(path, a, b):
        if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
            for key in a:
                walk(f"{path}.{key}", a[key], b[key])
        elif a != b:
            found.append(path.lstrip("."))

    walk("", read(first), read(second))
    return found


class Reader:
    """Adds up days: total, months, weekdays and weeks, as far as they are shown."""

    def __init__(self, document, days):
        self.days, self.rows, self.ends, self.hidden = days, [], [], {}
        self.know([1] * len(days), document["counts"]["incidents"])
        for name, label in (
            ("month", lambda day: f"{day:%Y-%m}"),
            ("weekday", lambda day: f"{day:%A}"),
        ):
            cells = document["slices"][name]
            for value in {label(day) for day in days} if cells else ():
                cell = next((c for c in cells if c["value"] == value), None)
                count = cell["incidents"] if cell else 0
                self.know([label(day) == value for day in days], count, value)
        for point in document["run_chart"]["points"]:
            monday = dt.date.fromisoformat(point["week"])
            week = [0 <= (day - monday).days < 7 for day in days]
            if any(week):
                self.know(week, point["incidents"], point["week"])

    def know(self, row, count, name=None):
        self.rows.append(np.array(row, dtype=float))
        self.ends.append((0, np.inf) if count is None else (count, count))
        if count is None:
            self.hidden[name] = self.rows[-1]

    def bound(self, name):
        """Give the least and the most that a hidden cell could be."""
        shown = [at for at, (low, high) in enumerate(self.ends) if low == high]
        equal = np.array([self.rows[at] for at in shown])
        counts = [self.ends[at][0] for at in shown]
        positive = [-row for row in self.hidden.values()]
        answers = [
            linprog(
                sign * self.hidden[name],
                A_eq=equal,
                b_eq=counts,
                A_ub=np.array(positive),
                b_ub=-np.ones(len(positive)),
            ).fun
            for sign in (1, -1)
        ]
        return round(answers[0], 2), round(-answers[1], 2)


# What holds.


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_adding_up_weeks_months_and_weekdays_gives_no_small_number_back(tmp_path, seed):
    chance = np.random.default_rng(seed)
    days = list(chance.choice(DAYS, size=int(chance.integers(12, 70))))
    rows = [happen(day, student=int(chance.integers(12))) for day in days]

    document = read(make(tmp_path, rows, calendar=DAYS))

    weeks = {}
    for day, row in zip(days, rows, strict=True):
        monday = (day - dt.timedelta(days=day.weekday())).isoformat()
        weeks.setdefault(monday, []).append(row["Student ID"])
    reader = Reader(document, DAYS)
    for week, students in weeks.items():
        if week in reader.hidden and len(set(students)) < 5:
            low, high = reader.bound(week)
            assert (low <= 1, high >= max(4, len(students))) == (True, True)


def place_twins(tmp_path, *, stadium, library):
    """Stadium and Library are hidden; all other cells are the same in both."""
    where = ["Classroom"] * 30 + ["Playground"] * 18
    where += ["Stadium"] * stadium + ["Library"] * library
    days = [DAYS[number % 35] for number in range(len(where))]
    return make(
        tmp_path / f"{stadium}-{library}",
        [
            happen(day, place, student=number % 29, time="")
            for number, (day, place) in enumerate(zip(days, where, strict=True))
        ],
        calendar=DAYS,
    )


def test_neither_page_nor_print_tells_which_of_two_hidden_places_has_more(tmp_path):
    first = place_twins(tmp_path, stadium=2, library=7)
    second = place_twins(tmp_path, stadium=3, library=6)

    assert protected(read(first)["slices"]["location"]) == ["Library", "Stadium"]
    assert tell_apart(first, second) == []


def test_twins_that_differ_in_a_shown_number_are_told_apart(tmp_path):
    first = place_twins(tmp_path, stadium=2, library=7)
    other = place_twins(tmp_path, stadium=2, library=8)

    assert tell_apart(first, other) != []


def test_the_text_of_the_print_holds_no_number_beside_a_hidden_place(tmp_path):
    files = place_twins(tmp_path, stadium=2, library=7)

    pages = pypdf.PdfReader(io.BytesIO(files["brief.pdf"])).pages
    text = " ".join(page.extract_text() for page in pages)
    page = files["brief.html"].decode()
    assert (
        "Fewer than 5 students, or hidden beside such a number: Library, Stadium."
        in " ".join(text.split())
    )
    assert (
        "Fewer than 5 students, or hidden beside such a number: Library, Stadium."
        in page
    )
    assert re.findall(r"(?:Library|Stadium)</th>", page) == []


def test_a_protected_week_has_a_ring_on_the_base_line_and_no_dot(tmp_path):
    rows = happen_on([day for day in DAYS[:39] for _ in range(3)])
    rows = [
        row for row in rows if not "2025-09-15" <= row["Incident Date"] <= "2025-09-19"
    ]
    rows += happen_on(DAYS[9:11])  # the week of 15 September: two incidents

    files = make(tmp_path, rows, calendar=DAYS)

    points = read(files)["run_chart"]["points"]
    hidden = [point for point in points if point.get("protected")]
    wide = re.findall(r"<svg.*?</svg>", files["brief.html"].decode(), re.DOTALL)[0]
    # Nothing but dots and rings is moved to a place of its own by a path.
    drawn = re.findall(
        r'<path transform="translate\([\d.]+,([\d.]+)\)"[^>]*fill="(#\w+)"', wide
    )
    rings = [float(y) for y, fill in drawn if fill == "#ffffff"]
    assert "2025-09-15" in [point["week"] for point in hidden]
    assert rings == [200.0] * len(hidden)
    assert len(drawn) - len(rings) == len(points) - len(hidden)
    line = re.search(r'mark-line[^>]*><path d="([^"]*)"', wide)
    assert len(re.findall(r"[ML]", line[1])) <= len(points) - len(hidden)


def test_removals_and_responses_do_not_give_each_other_away(tmp_path):
    rows = happen_on(DAYS[:35])
    for row in rows[:3]:
        row["Action Taken"] = "In-School Suspension"
    for row in rows[3:9]:
        row["Action Taken"] = "Loss of Privilege"

    document = read(make(tmp_path, rows))

    assert document["counts"]["removals"] is None
    assert protected(document["slices"]["response"]) == [
        "In-School Suspension",
        "Loss of Privilege",
    ]


# What must hold too: each of these numbers stands on the sheet and is no slice.


def week_twin(tmp_path, tuesdays, name):
    """Weeks 2 to 4 have 1 to 4 students each; weeks 5 and 6 are shown.

    Only the Tuesdays move between the three hidden weeks; every day keeps a record.
    """
    rows = []
    for day_of_week, counts in ((1, tuesdays), (3, (1, 2, 2))):
        mondays = [dt.date(2025, 9, 1) + dt.timedelta(weeks=week) for week in (1, 2, 3)]
        days = [
            monday + dt.timedelta(day_of_week)
            for monday, count in zip(mondays, counts, strict=True)
            for _ in range(count)
        ]
        rows += [happen(day, student=at % 4) for at, day in enumerate(days)]
    for monday, times in ((dt.date(2025, 9, 29), 2), (dt.date(2025, 10, 6), 2)):
        days = [monday + dt.timedelta(n) for n in (1, 3, 4)] * times
        rows += [happen(day, student=20 + at) for at, day in enumerate(days)]
    return make(tmp_path / name, rows, calendar=DAYS[4:29])


def test_the_median_does_not_tell_hidden_weeks_apart(tmp_path):
    first = week_twin(tmp_path, (1, 2, 3), "first")
    second = week_twin(tmp_path, (2, 2, 2), "second")

    weeks = ["2025-09-08", "2025-09-15", "2025-09-22"]
    points = read(first)["run_chart"]["points"]
    assert protected(points, "week") == weeks
    assert tell_apart(first, second) == []


def test_first_and_last_day_do_not_give_two_mondays_away(tmp_path):
    # The period begins and ends with a record. Both days are Mondays, so there were
    # two at least, and a hidden Monday can no longer be one.
    mondays = [day for day in DAYS if day.weekday() == 0]
    others = [day for day in DAYS if mondays[0] < day < mondays[4] and day.weekday()]
    rows = happen_on([mondays[0], mondays[4], *others, *others])

    document = read(make(tmp_path, rows, calendar=DAYS))

    hidden = protected(document["slices"]["weekday"])
    ends = [document["period"]["from"], document["coverage"]["last_record"]]
    on_mondays = [dt.date.fromisoformat(day).weekday() for day in ends] == [0, 0]
    assert not ("Monday" in hidden and on_mondays)


def test_a_sheet_of_few_students_does_not_tell_its_number_of_rows(tmp_path):
    three = make(tmp_path / "three", happen_on(DAYS[:3]))
    four = make(tmp_path / "four", [*happen_on(DAYS[:3]), *happen_on(DAYS[2:3])])

    assert read(three)["counts"]["protected"]
    assert tell_apart(three, four) == []


def test_the_share_without_a_place_does_not_tell_of_one_to_four_students(tmp_path):
    # brief.json must hold the share (the contract says so), so it is coarse or null
    # when it stands for few.
    rows = happen_on(DAYS[:38])
    rows[0]["Location"] = ""

    document = read(make(tmp_path, rows))

    told = document["coverage"]["share_without_place"]
    assert told is None or round(told * document["counts"]["incidents"], 2) != 1


def test_a_hidden_place_in_the_grid_is_not_known_to_be_among_the_busiest(tmp_path):
    # Two students make twelve incidents in the Gym; seven in the Library stay off the
    # grid of the six busiest places. So the Gym has seven at least, and is hidden.
    rows = [happen(DAYS[n], "Gym", student=n % 2) for n in range(12)]
    for place in ("Classroom", "Playground", "Cafeteria", "Hall", "Bus"):
        rows += happen_on(DAYS[:20], place=place)
    rows += [
        *happen_on(DAYS[:6], place="Office"),
        *happen_on(DAYS[:7], place="Library"),
    ]
    for number, row in enumerate(rows):
        hour = 9 if row["Location"] == "Gym" else 9 + number % 2
        row["Incident Time"] = f"{hour:02d}:{7 * number % 60:02d}"

    document = read(make(tmp_path, rows))

    hidden = set(protected(document["slices"]["location"]))
    shown = {c["value"]: c["incidents"] for c in document["slices"]["location"]}
    grid = {cell["location"] for cell in document["situations"]}
    left_out = [n for place, n in shown.items() if place not in grid and n]
    assert "Gym" in hidden
    assert [(place, n) for place in sorted(hidden & grid) for n in left_out] == []


def test_weeks_without_a_record_are_not_called_protected(tmp_path):
    # No calendar: nobody knows the school days, but a week without a record is zero.
    rows = happen_on([day for day in DAYS[:35] for _ in range(2)])
    rows = [
        row for row in rows if not "2025-09-15" <= row["Incident Date"] <= "2025-09-19"
    ]

    document = read(make(tmp_path, rows))

    point = next(
        p for p in document["run_chart"]["points"] if p["week"] == "2025-09-15"
    )
    assert (point["incidents"], point.get("protected")) == (0, None)


# Groups of students.

TWO_GROUPS = (
    "Larch Hill,2025-26,,,120\n"
    "Larch Hill,2025-26,Race/Ethnicity,White,90\n"
    "Larch Hill,2025-26,Race/Ethnicity,Asian,30\n"
)


def of_group(rows, value):
    return [{**row, "Race/Ethnicity": value} for row in rows]


def test_a_group_without_incidents_does_not_tell_how_few_the_others_were(tmp_path):
    # Two school years; in the last one, which the groups are about, three students.
    before = [dt.date(2024, 10, 1) + dt.timedelta(n) for n in range(30)]
    rows = of_group(happen_on([*before, *DAYS[:3]]), "White")

    groups = read(make(tmp_path, rows, enrolment=TWO_GROUPS))["groups"]

    assert protected(groups) == ["White", "Asian"]


def test_enrolment_does_not_bound_a_hidden_group(tmp_path):
    # Hidden: 3 of 40 White, and 10 of 10 Black, because all took part. Together 13, and
    # Black cannot be more than 10, so White is 3 at least.
    enrolment = (
        "Larch Hill,2025-26,,,250\n"
        "Larch Hill,2025-26,Race/Ethnicity,Hispanic,200\n"
        "Larch Hill,2025-26,Race/Ethnicity,White,40\n"
        "Larch Hill,2025-26,Race/Ethnicity,Black,10\n"
    )
    rows = of_group(happen_on(DAYS[:3]), "White")
    rows += of_group(
        [happen(d, student=20 + n) for n, d in enumerate(DAYS[:10])], "Black"
    )
    rows += of_group(
        [happen(d, student=40 + n) for n, d in enumerate(DAYS[:38])], "Hispanic"
    )

    groups = read(make(tmp_path, rows, enrolment=enrolment))["groups"]

    shown = {group["value"]: group["students"] for group in groups}
    enrolled = {group["value"]: group["enrolled"] for group in groups}
    hidden = [value for value, students in shown.items() if students is None]
    left = 51 - sum(students or 0 for students in shown.values())
    most_of_others = sum(enrolled[value] for value in hidden if value != "White")
    assert left - most_of_others <= 1


def test_students_of_no_listed_group_cannot_be_counted_by_subtraction(tmp_path):
    # One student's group is not in the enrolment file: 39 involved, 30 and 8 in groups.
    rows = of_group(happen_on(DAYS[:30]), "White")
    rows += of_group(
        [happen(d, student=50 + n) for n, d in enumerate(DAYS[:8])], "Asian"
    )
    rows += of_group([happen(DAYS[3], student=70)], "Native American")

    files = make(tmp_path, rows, enrolment=TWO_GROUPS)

    involved = re.search(r"that involved (\d+) students", files["brief.html"].decode())
    counted = [group["students"] for group in read(files)["groups"]]
    assert None in counted or int(involved[1]) - sum(counted) not in (1, 2, 3, 4)


def test_fewer_than_five_in_all_on_four_weekdays_is_not_four(tmp_path):
    # No student number: "fewer than 5" is of incidents, and four weekdays have one each.
    rows = [
        {key: value for key, value in row.items() if key != "Student ID"}
        for row in happen_on(DAYS[:4])
    ]

    document = read(make(tmp_path, rows))

    hidden = [len(protected(cells)) for cells in document["slices"].values()]
    assert document["counts"]["protected"]
    assert max(hidden) < 2


@pytest.mark.slow
def test_a_steadied_ratio_does_not_tell_how_few_students_another_school_had(tmp_path):
    # Two schools in the file, a sheet of one. Enrolment is public, so four candidates
    # for the other school's small group are four ratios, each to four places.
    enrolment = "".join(
        f"{school},2025-26,Race/Ethnicity,{value},{number}\n"
        for school in ("Larch Hill", "Wren Creek")
        for value, number in (("White", 90), ("Asian", 30))
    )

    told = set()
    for few in (1, 2, 3, 4):
        rows = of_group(happen_on(DAYS[:38]), "White")
        rows += of_group(
            [happen(d, student=50 + n) for n, d in enumerate(DAYS[:8])], "Asian"
        )
        there = of_group(
            [happen(d, student=90 + n) for n, d in enumerate(DAYS[:20])], "White"
        )
        there += of_group(
            [happen(d, student=80 + n) for n, d in enumerate(DAYS[:few])], "Asian"
        )
        rows += [{**row, "School": "Wren Creek"} for row in there]
        groups = read(
            make(tmp_path / str(few), rows, enrolment=enrolment, school="Larch Hill")
        )["groups"]
        told.add(json.dumps([group["risk_ratio_shrunk"] for group in groups]))

    assert len(told) == 1


@pytest.mark.slow
def test_intake_json_is_for_the_holder_of_the_file_and_not_part_of_the_sheet(tmp_path):
    rows = make_rows(40)
    rows[0]["Action Taken"] = "Conference"
    made = make_brief(Request(write_rows(tmp_path / "incidents.csv", rows)))

    sheet = made.files["brief.html"] + made.files["brief.json"]

    assert b"unmapped_labels" in made.files["intake.json"]
    assert b"unmapped_labels" not in sheet
