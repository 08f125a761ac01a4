"""Logging days, how long records are kept, and erasing a student, as pages."""

import datetime as dt

import pytest
from django.urls import reverse

from briefs.small_school import list_days, make_rows, write_rows
from commonroot.domain.network.models import SchoolDay
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.expiry_actions import expire_records
from commonroot.domain.records.models import (
    ErasedStudent,
    RecordingBreak,
    SchoolRule,
    Version,
)


def address(name, school, *more):
    return reverse(f"records:{name}", args=[school.pk, *more])


@pytest.fixture
def school(cast, tmp_path):
    SchoolDay.objects.bulk_create(
        SchoolDay(school=cast.Oak, day=day) for day in list_days()
    )
    path = write_rows(tmp_path / "incidents.csv", make_rows(300, students=100))
    given = give_file(by=cast.Ana, school=cast.Oak, path=path, name=path.name)
    take_in(by=cast.Ana, given=given)
    return cast.Oak


def test_days_are_marked_and_unmarked(browse, cast, school):
    client, page = browse(cast.Ana), address("list-logging-days", school)
    days = {"first": "2025-11-03", "last": "2025-11-07"}

    shown = client.post(page, days, follow=True).content.decode()
    assert "Marked by the school" in shown
    mark = RecordingBreak.objects.get()
    shown = client.post(page, {"unmark": str(mark.pk)}, follow=True).content.decode()
    assert "Marked by the school" not in shown


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2025-11-07", "last": "2025-11-03"},
        {"first": "soon", "last": ""},
        {"unmark": "what"},
    ],
    ids=str,
)
def test_days_that_cannot_be_are_told(browse, cast, school, days):
    answer = browse(cast.Ana).post(address("list-logging-days", school), days)

    assert answer.status_code == 422
    assert RecordingBreak.objects.count() == 0


def test_the_rule_is_kept(browse, cast, school):
    page = address("show-keeping", school)
    browse(cast.Ben).post(page, {"years_kept": "2", "entries_count": "always"})

    rule = SchoolRule.objects.get()
    assert (rule.years_kept, rule.entries_count) == (2, "always")


def test_a_rule_that_lets_years_go_is_asked_about_first(browse, cast, school):
    client, page = browse(cast.Ben), address("show-keeping", school)
    Version.objects.update(school_year="2020-21")
    told = {"years_kept": "1", "entries_count": "always"}

    asked = client.post(page, told)
    assert "2020-21" in asked.content.decode()
    assert SchoolRule.objects.count() == 0
    client.post(page, {**told, "sure": "yes"})
    assert SchoolRule.objects.get().years_kept == 1


def test_a_number_that_is_nowhere_is_asked_about(browse, cast, school):
    told = {"number": "999999", "reason": "asked"}
    page = browse(cast.Ben).post(address("erase-student", school), told)

    assert "No record has this number." in page.content.decode()
    assert ErasedStudent.objects.count() == 0


def test_a_rule_that_cannot_be_is_told(browse, cast, school):
    answer = browse(cast.Ben).post(
        address("show-keeping", school), {"years_kept": "90", "entries_count": "x"}
    )

    assert answer.status_code == 422
    assert SchoolRule.objects.count() == 0


def test_a_student_is_erased_and_the_page_says_what_went(browse, cast, school):
    client = browse(cast.Ben)
    told = {"number": "1003", "reason": "the family asked"}
    asked = client.post(address("erase-student", school), told).content.decode()
    assert "This number is in the records." in asked
    assert ErasedStudent.objects.count() == 0
    answer = client.post(
        address("erase-student", school), {**told, "sure": "yes"}, follow=True
    )

    assert "The student is erased" in answer.content.decode()
    assert "the family asked" in answer.content.decode()
    assert "1003" not in answer.content.decode()


def test_nobody_is_erased_without_a_number(browse, cast, school):
    before = list(Version.objects.values_list("digest", flat=True))
    answer = browse(cast.Ben).post(address("erase-student", school), {"number": " "})

    assert answer.status_code == 422
    assert list(Version.objects.values_list("digest", flat=True)) == before


def test_a_year_that_went_shows_its_released_numbers(browse, cast, school):
    expire_records(on=dt.date(2028, 7, 1))
    page = browse(cast.Ana).get(address("show-kept-year", school, "2025-26"))
    text = page.content.decode()

    assert "300 incidents on" in text
    assert "Playground" in text
    missing = browse(cast.Ana).get(address("show-kept-year", school, "2019-20"))
    assert missing.status_code == 404
