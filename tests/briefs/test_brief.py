import json

import pytest

from briefs.small_school import (
    list_days,
    make_rows,
    write_calendar,
    write_enrolment,
    write_rows,
)
from commonroot.briefs.brief import Request, make_brief, save
from commonroot.briefs.rows import BriefError


@pytest.fixture
def larch_hill(tmp_path):
    return Request(
        write_rows(tmp_path / "incidents.csv", make_rows()),
        enrolment=write_enrolment(tmp_path / "enrolment.csv"),
        calendar=write_calendar(tmp_path / "calendar.csv"),
    )


def read(request, **changes):
    made = make_brief(Request(**{**request.__dict__, **changes}))
    return json.loads(made.files["brief.json"])


def test_the_rate_is_incidents_per_100_students_per_logging_day(larch_hill):
    document = read(larch_hill)

    assert document["coverage"]["logging_days"] == 150
    assert document["rate"]["per_100_students_per_school_day"] == pytest.approx(
        240 / 3.00 / 150, abs=1e-4
    )


def test_without_enrolment_there_are_counts_and_no_rate(larch_hill):
    document = read(larch_hill, enrolment=None)

    assert document["rate"] == {
        "per_100_students_per_school_day": None,
        "majors_per_100_students_per_school_day": None,
        "denominator": "no rate: enrolment not given",
    }


def test_without_a_calendar_nobody_knows_the_school_days(larch_hill):
    document = read(larch_hill, calendar=None)

    assert document["coverage"]["school_days"] is None
    assert document["rate"]["per_100_students_per_school_day"] is None


def test_a_stop_in_recording_is_told_before_any_rate(tmp_path, larch_hill):
    days = list_days()
    silent = {day.strftime("%m/%d/%Y") for day in days[60:80]}
    rows = [row for row in make_rows(400) if row["Incident Date"] not in silent]
    made = make_brief(
        Request(
            write_rows(tmp_path / "gap.csv", rows),
            enrolment=larch_hill.enrolment,
            calendar=larch_hill.calendar,
        )
    )
    page = made.files["brief.html"].decode()
    document = json.loads(made.files["brief.json"])

    assert document["coverage"]["logging_days"] == 130
    assert document["coverage"]["gaps"] == [
        {"from": str(days[60]), "to": str(days[79]), "school_days": 20}
    ]
    assert page.index("No record was written from") < page.index("per 100 students")


@pytest.mark.slow
def test_a_halving_over_three_years_is_claimed_and_a_steady_school_is_left_alone(
    region,
):
    truth = json.loads((region / "truth.json").read_text())

    halved, steady = (
        read(
            Request(
                region / "incidents" / name,
                calendar=region / "calendar.csv",
                enrolment=region / "enrolment.csv",
            )
        )["run_chart"]["signals"]
        for name in ("cinder-basin-high.xml", "wren-creek-school.csv")
    )

    planted = truth["changes"][0]["from"]
    assert [(s["direction"], s["from"] <= planted <= s["to"]) for s in halved] == [
        ("lower", True)
    ]
    assert steady == []


def test_slices_are_sorted_with_protected_values_last(larch_hill):
    rows = [
        *make_rows(),
        {**make_rows(1)[0], "Incident ID": 999, "Location": "Stadium"},
    ]
    incidents = write_rows(larch_hill.incidents.with_name("more.csv"), rows)

    places = read(larch_hill, incidents=incidents)["slices"]["location"]

    counts = [place["incidents"] for place in places]
    shown = [count for count in counts if count is not None]
    assert counts == sorted(shown, reverse=True) + [None] * (len(counts) - len(shown))
    assert places[-1] == {
        "value": "Stadium",
        "incidents": None,
        "students": None,
        "protected": True,
    }


def test_an_incident_of_three_students_is_one_incident_and_three_student_incidents(
    tmp_path,
):
    rows = make_rows(40)
    fight = [{**rows[0], "Student ID": 2000 + n} for n in range(3)]

    document = read(Request(write_rows(tmp_path / "fight.csv", rows[1:] + fight)))

    assert document["counts"]["incidents"] == 40
    assert document["counts"]["student_incidents"] == 42


def test_groups_under_ten_are_pooled_and_never_shown(tmp_path, larch_hill):
    rows = make_rows()
    for number, row in enumerate(rows[:40]):
        row["Race/Ethnicity"] = "Black" if number % 2 else "Asian"
    enrolment = tmp_path / "groups.csv"
    enrolment.write_text(
        larch_hill.enrolment.read_text()
        + "Larch Hill Elementary,2025-26,,Race/Ethnicity,Black,9,2025-10-01,Count\n"
        + "Larch Hill Elementary,2025-26,,Race/Ethnicity,Asian,9,2025-10-01,Count\n"
    )

    made = make_brief(
        Request(write_rows(tmp_path / "rows.csv", rows), enrolment=enrolment)
    )

    groups = json.loads(made.files["brief.json"])["groups"]
    assert [group["value"] for group in groups] == [
        "White",
        "Hispanic",
        "Smaller groups together",
    ]
    assert b"Black" not in made.files["brief.html"] + made.files["brief.json"]


def test_ratios_of_one_school_are_steadied_by_the_others_of_its_file(region):
    request = Request(
        region / "region.csv",
        enrolment=region / "enrolment.csv",
        calendar=region / "calendar.csv",
        school="Madrone Valley High",
    )

    groups = read(request)["groups"]

    steadied = {
        group["value"]: group["risk_ratio_shrunk"]
        for group in groups
        if group["column"] == "Race/Ethnicity"
    }
    raw = {
        g["value"]: g["risk_ratio"] for g in groups if g["column"] == "Race/Ethnicity"
    }
    assert steadied.keys() == raw.keys()
    assert abs(steadied["Hispanic"] - 1) < abs(raw["Hispanic"] - 1)


def test_the_same_file_gives_the_same_bytes(larch_hill):
    first, second = make_brief(larch_hill).files, make_brief(larch_hill).files

    assert first == second


def test_the_page_asks_nothing_of_any_other_server(larch_hill):
    page = make_brief(larch_hill).files["brief.html"].decode()

    outside = [part for part in ("src=", "href=", "@import", "url(") if part in page]
    assert outside == []


def test_a_school_that_is_not_in_the_file_is_an_error_that_names_those_that_are(
    larch_hill,
):
    with pytest.raises(BriefError, match="It has: Larch Hill Elementary"):
        read(larch_hill, school="Elsewhere")


def test_a_school_is_found_whatever_its_case(larch_hill):
    assert (
        read(larch_hill, school="LARCH HILL  elementary")["counts"]["incidents"] == 240
    )


def test_saving_replaces_files_whole_and_leaves_no_scraps(tmp_path, larch_hill):
    made = make_brief(larch_hill)

    save(made, tmp_path / "out")
    save(made, tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "brief.html",
        "brief.json",
        "brief.pdf",
        "intake.json",
        "left-behind.csv",
    ]


@pytest.mark.slow
def test_every_school_of_the_sample_region_comes_out_as_it_went_in(region):
    truth = json.loads((region / "truth.json").read_text())

    told = {}
    for school in truth["schools"]:
        years = school["by_year"].values()
        told[school["slug"]] = {
            name: sum(year[name] for year in years)
            for name in ("incidents", "student_incidents", "removals")
        }

    found = {
        school["slug"]: read(Request(region / school["file"]))["counts"]
        for school in truth["schools"]
    }
    assert found == told


@pytest.mark.slow
def test_gaps_that_were_planted_are_found_where_the_calendar_is_known(region):
    truth = json.loads((region / "truth.json").read_text())
    planted = {gap["school"] for gap in truth["gaps"]}

    found = set()
    for school in truth["schools"]:
        document = read(
            Request(region / school["file"], calendar=region / "calendar.csv")
        )
        if document["coverage"]["gaps"]:
            found.add(school["school"])

    # Lantern Point's export names the school by a code that the calendar does not have.
    assert found == planted - {"Lantern Point High"}


def test_a_shown_ratio_is_of_all_other_students_and_gives_no_group_back(tmp_path):
    rows = make_rows(40, students=40)
    for number, row in enumerate(rows):
        row["Student ID"] = number
        row["Race/Ethnicity"] = (
            "White" if number < 30 else "Hispanic" if number < 33 else ""
        )
    request = Request(
        write_rows(tmp_path / "rows.csv", rows),
        enrolment=write_enrolment(tmp_path / "enrolment.csv", white=200, hispanic=60),
    )

    groups = {group["value"]: group for group in read(request)["groups"]}

    assert groups["Hispanic"]["students"] is None
    assert groups["White"]["risk_ratio"] in (
        None,
        pytest.approx((30 / 200) / (10 / 60), 0.01),
    )


def test_a_group_with_another_name_in_the_enrolment_is_not_told_to_be_zero(tmp_path):
    rows = make_rows(60, students=60)
    for number, row in enumerate(rows):
        row["Student ID"] = number
        row["Race/Ethnicity"] = "White" if number < 40 else "Latinx"
    request = Request(
        write_rows(tmp_path / "rows.csv", rows),
        enrolment=write_enrolment(tmp_path / "enrolment.csv"),
    )

    groups = {group["value"]: group for group in read(request)["groups"]}

    assert groups["Hispanic"]["students"] is None


def test_a_rate_is_of_the_schools_and_days_whose_students_are_known(
    tmp_path, larch_hill
):
    rows = make_rows(240)
    others = [
        {**row, "School": "Elsewhere", "Incident ID": 1000 + n}
        for n, row in enumerate(make_rows(240, seed=2))
    ]

    document = read(
        larch_hill, incidents=write_rows(tmp_path / "two.csv", rows + others)
    )

    assert document["counts"]["incidents"] == 480
    assert document["rate"]["per_100_students_per_school_day"] == pytest.approx(
        240 / 3.00 / 150, abs=1e-4
    )
    assert "1 of 2 schools" in document["rate"]["denominator"]


def test_a_file_that_does_not_say_what_followed_has_no_number_of_removals(tmp_path):
    rows = [
        {k: v for k, v in row.items() if k != "Action Taken"} for row in make_rows(40)
    ]

    made = make_brief(Request(write_rows(tmp_path / "rows.csv", rows)))

    counts = json.loads(made.files["brief.json"])["counts"]
    assert (counts["removals"], counts.get("protected")) == (None, None)
    assert "removals are not known" in made.files["brief.html"].decode()


def test_two_places_whose_names_are_not_shown_stay_two_places(tmp_path):
    rows = []
    for number in range(60):
        for place in ("Zorn Court", "Peña Plaza"):
            rows.append(
                {
                    "Incident Date": "09/03/2025",
                    "Incident Time": f"{8 + number // 10}:{number % 60:02d}",
                    "Location": place,
                    "Student ID": number if place == "Zorn Court" else 100 + number,
                }
            )

    document = read(Request(write_rows(tmp_path / "rows.csv", rows)))

    assert document["counts"]["incidents"] == 120
