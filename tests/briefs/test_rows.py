import pytest

from briefs.small_school import make_rows, write_rows
from commonroot.briefs.rows import BriefError, choose_rows, read_bells
from commonroot.intake import read_incidents

SECRET = b"s" * 32


def take_in(path, rows, mapping=None):
    return read_incidents(write_rows(path, rows), mapping_path=mapping, secret=SECRET)


def choose(intake, **wanted):
    options = {"school": None, "first": None, "last": None, **wanted}
    return choose_rows(intake.rows, intake.mapping, **options)


@pytest.fixture
def belled(tmp_path):
    mapping = tmp_path / "my.toml"
    mapping.write_text(
        '[columns]\nincident_id = "Incident ID"\ndate = "Incident Date"\n'
        'time = "Incident Time"\nlocation = "Location"\nstudent = "Student ID"\n'
        '[bells]\n"First recess" = "10:00-10:20"\nLunch = "11:30-12:10"\n'
    )
    return mapping


def test_a_bell_period_ends_before_the_next_begins(tmp_path, belled):
    rows = make_rows(4)
    for row, time in zip(rows, ("10:00", "10:19", "10:20", "11:30"), strict=True):
        row["Incident Time"] = time

    scope = choose(take_in(tmp_path / "bells.csv", rows, belled))

    assert scope.rows["bell"].to_list() == [
        "First recess",
        "First recess",
        "Between bells",
        "Lunch",
    ]
    assert scope.time_column == "bell"


def test_a_bell_that_ends_before_it_begins_is_an_error():
    with pytest.raises(BriefError, match="Write it like"):
        read_bells({"Lunch": "12:30-11:30"})


def test_weeks_begin_on_monday_and_half_hours_on_the_hour_or_half(tmp_path):
    rows = make_rows(2)
    rows[0].update({"Incident Date": "09/07/2025", "Incident Time": "9:29"})
    rows[1].update({"Incident Date": "09/08/2025", "Incident Time": "9:30"})

    scope = choose(take_in(tmp_path / "weeks.csv", rows))

    assert scope.rows.select("week", "weekday", "half_hour", "hour").rows() == [
        ("2025-09-01", "Sunday", "09:00", "09:00"),
        ("2025-09-08", "Monday", "09:30", "09:00"),
    ]


def test_an_incident_with_only_a_victim_on_record_is_not_counted(tmp_path):
    rows = [{**row, "Role": "Offender"} for row in make_rows(10)]
    rows[0]["Role"] = "Victim"
    rows.append({**rows[1], "Student ID": 9, "Role": "Witness"})

    scope = choose(take_in(tmp_path / "roles.csv", rows))

    assert scope.rows["event"].n_unique() == 9
    assert scope.rows["role"].unique().to_list() == ["offender"]
    assert scope.without_offender == 1


def test_a_file_without_roles_counts_every_incident(tmp_path):
    scope = choose(take_in(tmp_path / "plain.csv", make_rows(10)))

    assert (scope.rows["event"].n_unique(), scope.without_offender) == (10, 0)


def test_a_file_with_nobody_taking_part_says_so(tmp_path):
    rows = [{**row, "Role": "Victim"} for row in make_rows(10)]

    with pytest.raises(BriefError, match="only victims"):
        choose(take_in(tmp_path / "victims.csv", rows))
