"""School days, terms, bells and numbers of students, as a principal keeps them."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commonroot.domain.network.models import (
    BellPeriod,
    Enrolment,
    SchoolDay,
    SchoolFile,
    SchoolYear,
    Term,
)
from domain.network.school_files import COUNTS, write_days, write_off


def send(client, page, place, path=None, text="", **more):
    content = path.read_bytes() if path else text.encode()
    file = SimpleUploadedFile(path.name if path else "counts.csv", content)
    return client.post(
        reverse(f"network:{page}", args=[place.pk]), {"file": file, **more}
    )


def decide(client, name="take-in-school-file"):
    given = SchoolFile.objects.first()
    return client.post(reverse(f"network:{name}", args=[given.pk]), follow=True)


def read(answer):
    return " ".join(answer.content.decode().split())


def test_a_calendar_is_looked_at_confirmed_and_shown(cast, browse, tmp_path):
    client = browse(cast.Ben)
    sent = send(client, "show-calendar", cast.Oak, write_days(tmp_path))
    looked = read(client.get(sent.headers["Location"]))

    assert "<h2>2025-26</h2>" in looked
    assert SchoolDay.objects.count() == 0
    assert "School days: 10" in read(decide(client))
    again = send(client, "show-calendar", cast.Oak, write_days(tmp_path))
    assert "This file changes nothing." in read(client.get(again.headers["Location"]))


def test_a_calendar_of_days_off_asks_for_the_ends_of_the_year(cast, browse, tmp_path):
    client, path = browse(cast.Ana), write_off(tmp_path)
    asked = send(client, "show-calendar", cast.Oak, path)
    told = {"first": "2025-10-06", "last": "2025-10-17"}

    assert asked.status_code == 422
    assert "Say the first and the last day of the school year too." in read(asked)
    assert send(client, "show-calendar", cast.Oak, path, **told).status_code == 302
    decide(client)
    assert SchoolDay.objects.count() == 9


@pytest.mark.parametrize(
    ("page", "text", "told"),
    [
        ("show-calendar", "name,grade\nA,3\n", "date"),
        ("show-calendar", "date\nsoon\n", "no readable"),
        ("show-calendar", "BEGIN:VCALENDAR\nbroken", "damaged"),
        ("show-enrolment", "school,students\nOak,many\n", "no row with a number"),
        ("show-enrolment", "a,b\n1,2\n", "no column with the number"),
        ("show-enrolment", "", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(cast, browse, page, text, told):
    answer = send(browse(cast.Ben), page, cast.Oak, text=text)

    assert answer.status_code == 422
    assert told in read(answer)
    assert SchoolFile.objects.count() == 0


def test_a_calendar_that_is_set_aside_changes_nothing(cast, browse, tmp_path):
    client = browse(cast.Ben)
    send(client, "show-calendar", cast.Oak, write_days(tmp_path))
    decide(client, "set-aside-school-file")
    decide(client)

    assert SchoolDay.objects.count() == 0


def test_another_name_of_the_school_is_asked_about(cast, browse, tmp_path):
    client = browse(cast.Ben)
    path = write_days(tmp_path, school="Oak Hill")
    looked = client.get(
        send(client, "show-calendar", cast.Oak, path).headers["Location"]
    )

    assert "The file calls the school “Oak Hill”. Is that Oak?" in read(looked)


def test_terms_are_added_and_removed_on_the_page(cast, browse):
    year = SchoolYear.objects.create(
        school=cast.Oak,
        name="2025-26",
        first=dt.date(2025, 9, 1),
        last=dt.date(2026, 6, 12),
    )
    client, address = browse(cast.Ben), reverse("network:add-term", args=[cast.Oak.pk])
    told = {"school_year": year.pk, "first": "2025-09-01", "last": "2025-12-19"}
    added = client.post(address, {**told, "name": "Fall"}, follow=True)
    twice = client.post(address, {**told, "name": "fall"})

    assert "The term was added." in read(added)
    assert twice.status_code == 422
    assert "has a term of this name already" in read(twice)
    client.post(reverse("network:remove-term", args=[Term.objects.get().pk]))
    assert Term.objects.count() == 0


def test_a_term_is_not_added_to_a_year_of_another_school(cast, browse):
    days = {"first": dt.date(2025, 9, 1), "last": dt.date(2026, 6, 12)}
    year = SchoolYear.objects.create(school=cast.Elm, name="2025-26", **days)
    answer = browse(cast.Ben).post(
        reverse("network:add-term", args=[cast.Oak.pk]),
        {"school_year": year.pk, "name": "Fall", **days},
    )

    assert answer.status_code == 422
    assert Term.objects.count() == 0


def test_bells_are_pasted_and_a_bad_line_is_told_by_its_number(cast, browse):
    client = browse(cast.Ben)
    address = reverse("network:show-bells", args=[cast.Oak.pk])
    bad = client.post(address, {"lines": "Period 1 8:00-8:50\n\nlunch"})
    good = client.post(
        address, {"lines": "Period 1\t8:00\t8:50\nLunch 12:40-1:10"}, follow=True
    )

    assert bad.status_code == 422
    assert "Line 3: Write a name and two times" in read(bad)
    assert "12:40-13:10" in read(good)
    client.post(reverse("network:remove-bell", args=[BellPeriod.objects.first().pk]))
    assert [each.name for each in BellPeriod.objects.all()] == ["Lunch"]


def test_numbers_of_students_are_shown_and_no_small_group_is(cast, browse):
    client = browse(cast.Ben)
    sent = send(client, "show-enrolment", cast.Oak, text=COUNTS)
    looked = read(client.get(sent.headers["Location"]))
    done = read(decide(client))

    for page in (looked, done):
        assert "Students: 364" in page
        assert "By grade" in page
        assert "Race: 2 groups. They are not shown" in page
        assert re.search(r"\b361\b", page) is None
    assert Enrolment.objects.filter(school=cast.Oak).count() == 5


@pytest.mark.parametrize("page", ["show-calendar", "show-bells", "show-enrolment"])
def test_at_a_district_one_is_led_to_its_schools(cast, browse, page):
    address = reverse(f"network:{page}", args=[cast.North.pk])
    answer = browse(cast.Mara).get(address, follow=True)

    assert "This page is about one school. Choose a school here." in read(answer)


def test_a_file_of_another_school_is_not_there(cast, browse, tmp_path):
    send(browse(cast.Noor), "show-calendar", cast.Elm, write_days(tmp_path))
    key = SchoolFile.objects.get().pk

    for name in ("take-in-school-file", "set-aside-school-file"):
        address = reverse(f"network:{name}", args=[key])
        assert browse(cast.Ben).post(address).status_code == 404
    address = reverse("network:show-school-file", args=[key])
    assert browse(cast.Ben).get(address).status_code == 404
