"""School days, terms, bells and enrolment: shown first, whole or not at all, twice is once."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from briefs.small_school import make_rows, write_rows
from commonroot.domain.audit.models import Line
from commonroot.domain.network import school_file_actions
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.bell_lines import Period
from commonroot.domain.network.calendar_actions import (
    add_bell_periods,
    add_term,
    remove_bell_period,
    remove_term,
)
from commonroot.domain.network.choices import FileState
from commonroot.domain.network.models import (
    BellPeriod,
    Enrolment,
    SchoolDay,
    SchoolFile,
    SchoolYear,
    Term,
)
from commonroot.domain.network.queries import read_bells_of
from commonroot.domain.network.school_file_actions import (
    give_calendar,
    give_enrolment,
    plan_counts_of,
    plan_days_of,
    set_aside_school_file,
    take_in_school_file,
)
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.queries import (
    read_enrolment_of,
    read_school,
    read_school_days_of,
)
from commonroot.intake import MappingError
from domain.network.school_files import (
    AUTUMN,
    COUNTS,
    write,
    write_counts,
    write_days,
    write_off,
)

SUMMER = dt.date(2026, 6, 12)
NOT_THEIRS = ["Grace", "Hugo", "Noor", "Carla", "Dev", "Elena", "Farid", "Lee", "Olga"]


def calendar(cast, path, **more):
    return give_calendar(
        by=more.pop("by", cast.Ben), school=cast.Oak, path=path, **more
    )


def enrolment(cast, path, **more):
    return give_enrolment(by=more.pop("by", cast.Ben), school=cast.Oak, path=path)


def take(cast, given):
    return take_in_school_file(by=cast.Ben, given=given)


def snapshot():
    return (
        sorted(SchoolDay.objects.values_list("school__name", "day")),
        sorted(SchoolYear.objects.values_list("school__name", "name", "first", "last")),
        sorted(
            Enrolment.objects.values_list(
                "school__name", "school_year", "column", "value", "students"
            )
        ),
    )


def test_school_days_count_once_somebody_says_yes(cast, tmp_path):
    given = calendar(cast, write_days(tmp_path))
    (planned,) = plan_days_of(given)
    assert (planned.year, len(planned.new), len(planned.gone)) == ("2025-26", 10, 0)
    assert SchoolDay.objects.count() == 0

    take(cast, given)

    (year,) = SchoolYear.objects.all()
    assert (year.name, year.first) == ("2025-26", AUTUMN)
    assert year.last == dt.date(2025, 9, 12)
    assert len(read_school_days_of(cast.Oak).find(None)) == 10


def test_the_same_days_twice_change_nothing(cast, tmp_path):
    take(cast, calendar(cast, write_days(tmp_path)))
    before = snapshot()

    given = calendar(cast, write_days(tmp_path))
    (planned,) = plan_days_of(given)
    take(cast, given)

    assert (planned.new, planned.gone) == (frozenset(), frozenset())
    assert snapshot() == before


def test_a_corrected_calendar_replaces_its_school_year_and_no_other(cast, tmp_path):
    take(cast, calendar(cast, write_days(tmp_path, first=dt.date(2024, 9, 2))))
    take(cast, calendar(cast, write_days(tmp_path, 10)))

    given = calendar(cast, write_days(tmp_path, 8))
    (planned,) = plan_days_of(given)
    take(cast, given)

    assert (len(planned.new), len(planned.gone)) == (0, 2)
    assert cast.Oak.school_days.filter(day__gte=AUTUMN).count() == 8
    assert cast.Oak.school_days.filter(day__lt=AUTUMN).count() == 10


def test_terms_stay_when_the_days_are_replaced(cast, tmp_path):
    take(cast, calendar(cast, write_days(tmp_path)))
    year = SchoolYear.objects.get()
    add_term(by=cast.Ben, school_year=year, name="Fall", first=AUTUMN, last=SUMMER)

    take(cast, calendar(cast, write_days(tmp_path, 5)))

    assert [term.name for term in Term.objects.all()] == ["Fall"]


def test_a_calendar_of_days_off_needs_the_ends_of_the_year(cast, tmp_path):
    with pytest.raises(NetworkError, match="first and the last day"):
        calendar(cast, write_off(tmp_path))

    first, last = dt.date(2025, 10, 6), dt.date(2025, 10, 17)
    given = calendar(cast, write_off(tmp_path), first=first, last=last)

    assert len(plan_days_of(given)[0].days) == 9


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (SUMMER, AUTUMN, "before the first"),
        (AUTUMN, dt.date(2026, 9, 1), "one school year at a time"),
        (dt.date(2025, 10, 11), dt.date(2025, 10, 13), "No school day"),
    ],
)
def test_days_that_are_no_school_year_are_refused(cast, tmp_path, first, last, told):
    with pytest.raises(NetworkError, match=told):
        calendar(cast, write_off(tmp_path), first=first, last=last)
    assert SchoolFile.objects.count() == 0


def test_a_list_of_one_school_by_another_name_is_taken_and_told(cast, tmp_path):
    given = calendar(cast, write_days(tmp_path, school="Oak Elementary School"))

    assert given.report["other_name"] == "Oak Elementary School"
    assert len(plan_days_of(given)[0].days) == 10


def test_a_list_of_other_schools_is_refused(cast, tmp_path):
    text = "date,school\n2025-09-02,Elm\n2025-09-02,Ash\n"

    with pytest.raises(NetworkError, match="none of them is Oak"):
        calendar(cast, write(tmp_path, "days.csv", text))


def test_a_calendar_that_breaks_on_the_way_leaves_nothing(cast, tmp_path, monkeypatch):
    take(cast, calendar(cast, write_days(tmp_path)))
    given = calendar(cast, write_days(tmp_path, 3))
    counts = enrolment(cast, write_counts(tmp_path))
    before = snapshot()

    def break_off(*arguments, **named):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(school_file_actions, "record", break_off)
    for each in (given, counts):
        with pytest.raises(DatabaseError):
            take(cast, each)

    assert snapshot() == before
    states = SchoolFile.objects.filter(pk__in=[given.pk, counts.pk])
    assert {each.state for each in states} == {FileState.WAITING}


@pytest.mark.parametrize("name", NOT_THEIRS)
def test_others_keep_no_calendar(cast, tmp_path, name):
    by = cast.people[name]
    days, counts = write_days(tmp_path), write_counts(tmp_path)
    year = SchoolYear.objects.create(
        school=cast.Oak, name="2025-26", first=AUTUMN, last=SUMMER
    )
    given = calendar(cast, days)

    for attempt in (
        lambda: calendar(cast, days, by=by),
        lambda: enrolment(cast, counts, by=by),
        lambda: take_in_school_file(by=by, given=given),
        lambda: set_aside_school_file(by=by, given=given),
        lambda: add_term(
            by=by, school_year=year, name="Fall", first=AUTUMN, last=SUMMER
        ),
        lambda: add_bell_periods(
            by=by, school=cast.Oak, periods=[Period("One", 480, 530)]
        ),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize("name", ["Ana", "Ben", "Mara"])
def test_the_team_the_principal_and_the_district_leader_keep_it(cast, tmp_path, name):
    given = calendar(cast, write_days(tmp_path), by=cast.people[name])
    take_in_school_file(by=cast.people[name], given=given)

    assert cast.Oak.school_days.count() == 10


def test_a_district_has_no_calendar(cast, tmp_path):
    with pytest.raises(NetworkError, match="at schools"):
        give_calendar(by=cast.Mara, school=cast.North, path=write_days(tmp_path))


def test_enrolment_is_kept_with_its_date_and_source(cast, tmp_path):
    take(cast, enrolment(cast, write_counts(tmp_path)))
    (whole,) = cast.Oak.enrolment.filter(column="")

    assert (whole.students, whole.source) == (364, "Fall count")
    assert whole.counted_on == dt.date(2025, 10, 1)
    assert cast.Elm.enrolment.count() == 0


def test_the_name_of_a_file_is_never_a_source(cast, tmp_path):
    """Everybody with a role reads the source, and a file may be called after a student."""
    text = COUNTS.replace("Fall count", "")
    take(cast, enrolment(cast, write_counts(tmp_path, text, name="Jane Doe.csv")))

    assert {each.source for each in cast.Oak.enrolment.all()} == {""}
    assert {each.source for each in read_enrolment_of(cast.Oak).counts} == {
        "a file that the school gave"
    }


def test_sources_that_were_names_of_files_are_forgotten(cast, tmp_path):
    take(cast, enrolment(cast, write_counts(tmp_path, name="Jane Doe.csv")))
    cast.Oak.enrolment.filter(column="").update(source="Jane Doe.csv")
    migration = import_module(
        "commonroot.domain.network.migrations.0003_sources_are_no_file_names"
    )
    migration.forget_file_names(apps, None)

    assert {each.source for each in cast.Oak.enrolment.all()} == {"", "Fall count"}


def test_enrolment_comes_back_as_the_intake_reads_it(cast, tmp_path):
    take(cast, enrolment(cast, write_counts(tmp_path)))
    back = read_enrolment_of(cast.Oak)

    assert (back.total(), back.grades()) == (364, {"3": 158, "4": 206})
    assert back.group("Ethnicity", ["White"]) == {"White": 361, "Hispanic": 3}


def test_the_same_enrolment_twice_changes_nothing(cast, tmp_path):
    take(cast, enrolment(cast, write_counts(tmp_path)))
    before = snapshot()

    given = enrolment(cast, write_counts(tmp_path))
    (planned,) = plan_counts_of(given)
    take(cast, given)

    assert (planned.new, planned.changed, planned.gone) == (0, 0, 0)
    assert snapshot() == before


def test_a_new_count_replaces_its_year_and_says_what_changes(cast, tmp_path):
    take(cast, enrolment(cast, write_counts(tmp_path)))
    Enrolment.objects.create(
        school=cast.Oak, school_year="2024-25", students=350, source="before"
    )
    text = COUNTS.replace("364", "370").replace(
        "Oak,2025-26,4,,,206,2025-10-01,Fall count", "Ash,2025-26,,,,1"
    )

    given = enrolment(cast, write_counts(tmp_path, text))
    (planned,) = plan_counts_of(given)
    take(cast, given)

    assert (planned.new, planned.changed, planned.gone) == (0, 1, 1)
    assert sorted(
        cast.Oak.enrolment.filter(column="").values_list("school_year", "students")
    ) == [("2024-25", 350), ("2025-26", 370)]


def test_of_two_counts_of_a_year_the_later_is_kept(cast, tmp_path):
    text = "students,date\n360,2025-10-01\n355,2026-02-01\n"
    take(cast, enrolment(cast, write_counts(tmp_path, text)))

    assert cast.Oak.enrolment.get().students == 355


def test_a_group_without_its_grouping_is_left_and_told(cast, tmp_path):
    text = "value,students\nAll,300\nHispanic,120\n"
    given = enrolment(cast, write_counts(tmp_path, text))

    assert given.report["rows_left"] == 1
    assert len(plan_counts_of(given)[0].rows) == 1


def test_an_enrolment_of_nothing_is_refused(cast, tmp_path):
    with pytest.raises(MappingError):
        enrolment(cast, write_counts(tmp_path, "school,students\nOak,many\n"))
    with pytest.raises(NetworkError, match="no number of students of Oak"):
        enrolment(cast, write_counts(tmp_path, "school,students\nA,1\nB,2\n"))


def test_a_yes_that_is_said_twice_is_heard_once(cast, tmp_path):
    given = calendar(cast, write_days(tmp_path))
    take(cast, given)
    take(cast, given)
    set_aside_school_file(by=cast.Ben, given=given)

    verbs = Line.objects.filter(kind="calendar").values_list("verb", flat=True)
    assert list(verbs) == ["give", "take in"]


def test_what_was_given_before_and_not_decided_is_forgotten(cast, tmp_path):
    first = calendar(cast, write_days(tmp_path))
    calendar(cast, write_days(tmp_path, 5))

    first.refresh_from_db()
    assert (first.state, first.draft) == (FileState.SET_ASIDE, None)
    assert take(cast, first).state == FileState.SET_ASIDE
    assert SchoolDay.objects.count() == 0


@pytest.fixture
def year(cast):
    return SchoolYear.objects.create(
        school=cast.Oak, name="2025-26", first=AUTUMN, last=SUMMER
    )


def test_terms_are_added_and_removed(cast, year):
    term = add_term(
        by=cast.Ana, school_year=year, name=" Fall ", first=AUTUMN, last=SUMMER
    )
    assert [each.name for each in year.terms.all()] == ["Fall"]

    remove_term(by=cast.Ana, term=term)
    assert year.terms.count() == 0


@pytest.mark.parametrize(
    ("name", "first", "last", "told"),
    [
        ("FALL", AUTUMN, SUMMER, "of this name"),
        ("Spring", SUMMER, AUTUMN, "before the first"),
        ("Next", dt.date(2027, 1, 1), dt.date(2027, 2, 1), "not in this school year"),
    ],
)
def test_what_can_be_no_term_is_refused(cast, year, name, first, last, told):
    add_term(by=cast.Ben, school_year=year, name="Fall", first=AUTUMN, last=SUMMER)

    with pytest.raises(NetworkError, match=told):
        add_term(by=cast.Ben, school_year=year, name=name, first=first, last=last)


def test_bells_are_written_as_a_mapping_has_them(cast):
    add_bell_periods(
        by=cast.Ben,
        school=cast.Oak,
        periods=[Period("Two", 535, 585), Period("One", 480, 530)],
    )
    assert read_bells_of(cast.Oak) == {"One": "08:00-08:50", "Two": "08:55-09:45"}

    remove_bell_period(by=cast.Ben, period=BellPeriod.objects.get(name="One"))
    assert read_bells_of(cast.Oak) == {"Two": "08:55-09:45"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "ONE", "start": 600, "end": 660},
        {"name": "Two", "start": 600, "end": 600},
        {"name": "Two", "start": 600, "end": 1441},
    ],
)
def test_the_database_takes_no_bell_period_that_cannot_be(cast, wrong):
    BellPeriod.objects.create(school=cast.Oak, name="One", start=480, end=530)

    with pytest.raises(IntegrityError), transaction.atomic():
        BellPeriod.objects.create(school=cast.Oak, **wrong)


def test_the_sheet_tells_time_by_the_schools_bells(cast, tmp_path):
    file = write_rows(tmp_path / "incidents.csv", make_rows(20, students=10))
    incidents = give_file(by=cast.Ben, school=cast.Oak, path=file, name="incidents.csv")
    take_in(by=cast.Ben, given=incidents)
    assert read_school(cast.Ben, cast.Oak).intake.mapping.bells == {}

    periods = [Period("One", 480, 530)]
    add_bell_periods(by=cast.Ben, school=cast.Oak, periods=periods)

    bells = read_school(cast.Ben, cast.Oak).intake.mapping.bells
    assert bells == {"One": "08:00-08:50"}
