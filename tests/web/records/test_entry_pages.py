"""Entering with taps, a tally, and what a script of the page is told."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from commonroot.domain.records.models import Entry


def address(name, school):
    return reverse(f"records:{name}", args=[school.pk])


def fields(**more):
    told = {
        "key": str(uuid.uuid4()),
        "location": "Playground",
        "behaviour": "Running",
        "band": "3-5",
        "response": "",
        "ago": "0",
    }
    return {**told, **more}


def test_an_entry_takes_at_most_eight_taps_and_no_typing(cast, browse):
    page = browse(cast.Grace).get(address("enter", cast.Oak)).content.decode()
    form = page.partition('<form method="post" data-keep>')[2].partition("</form>")[0]

    assert set(re.findall(r'<input type="(\w+)"', form)) == {"hidden", "radio"}
    assert form.count("<fieldset") + form.count("<button") == 6
    assert "<textarea" not in form


def test_an_entry_is_kept_told_and_taken_back(cast, browse):
    client = browse(cast.Grace)
    page = client.post(address("enter", cast.Oak), fields(), follow=True)
    text = page.content.decode()

    assert "It is kept." in text
    assert "Playground: Running" in text
    entry = Entry.objects.get()
    client.post(reverse("records:take-back-entry", args=[entry.pk]))
    text = client.get(address("enter", cast.Oak)).content.decode()
    assert "Playground: Running" not in text


def test_on_a_busy_day_the_page_lists_the_newest_and_says_how_many_there_are(
    cast, browse
):
    client = browse(cast.Grace)
    for _ in range(23):
        client.post(address("enter", cast.Oak), fields())
    entering, tally = (
        client.get(address(name, cast.Oak)).content.decode()
        for name in ("enter", "tally")
    )

    for page in (entering, tally):
        assert page.count("Playground: Running") == 20
        assert "The newest 20 of 23." in page


def test_the_same_form_sent_twice_is_kept_once(cast, browse):
    client, told = browse(cast.Grace), fields()
    for _ in range(2):
        client.post(address("enter", cast.Oak), told)

    assert Entry.objects.count() == 1


def test_how_long_ago_is_taken_from_when_the_device_was_told(cast, browse):
    at = timezone.now() - timezone.timedelta(hours=3)
    browse(cast.Grace).post(
        address("enter", cast.Oak), fields(at=at.isoformat(), ago="30")
    )
    local = timezone.localtime(at - timezone.timedelta(minutes=30))

    row = Entry.objects.get().incident.current.rows
    assert f'"minute": {local.hour * 60 + local.minute}' in row


@pytest.mark.parametrize(
    "change",
    [
        {"location": "Zeb's desk"},
        {"behaviour": ""},
        {"key": "no key"},
        {"at": "yesterday"},
        {"ago": "7000"},
        {"ago": "x"},
    ],
    ids=str,
)
@pytest.mark.parametrize("by_script", [False, True])
def test_what_cannot_be_kept_is_told_and_nothing_is(cast, browse, change, by_script):
    accept = {"Accept": "application/json"} if by_script else {}
    answer = browse(cast.Grace).post(
        address("enter", cast.Oak), fields(**change), headers=accept
    )

    assert answer.status_code == 422
    assert Entry.objects.count() == 0
    if by_script:
        assert answer.json()["kept"] is False
        assert answer.json()["problem"]
    else:
        assert 'role="alert"' in answer.content.decode()


def test_a_script_is_told_that_it_is_kept(cast, browse):
    answer = browse(cast.Grace).post(
        address("enter", cast.Oak), fields(), headers={"Accept": "application/json"}
    )

    assert answer.json() == {"kept": True, "problem": ""}


def test_the_tally_asks_where_and_counts_ones_own(cast, browse):
    client = browse(cast.Grace)
    assert "Where are you?" in client.get(address("tally", cast.Oak)).content.decode()
    for _ in range(3):
        sent = client.post(address("enter", cast.Oak), fields(**{"from": "tally"}))
    assert sent.headers["Location"].startswith(address("tally", cast.Oak))

    page = client.get(address("tally", cast.Oak) + "?at=Playground").content.decode()
    assert re.search(r"Running</span> <b data-count>3</b>", page)
    other = browse(cast.Ana).get(address("tally", cast.Oak) + "?at=Playground")
    assert re.search(r"Running</span> <b data-count>0</b>", other.content.decode())


def test_a_place_that_is_not_offered_is_asked_for_again(cast, browse):
    page = browse(cast.Grace).get(address("tally", cast.Oak) + "?at=<b>x</b>")

    assert "Where are you?" in page.content.decode()
    assert "<b>x</b>" not in page.content.decode()


def test_an_entry_of_somebody_else_cannot_be_taken_back(cast, browse):
    browse(cast.Grace).post(address("enter", cast.Oak), fields())
    entry = Entry.objects.get()

    answer = browse(cast.Ana).post(reverse("records:take-back-entry", args=[entry.pk]))

    assert answer.status_code == 404
    assert Entry.objects.get().taken_back is None


def test_the_worker_is_a_script_that_anybody_may_have(client, db):
    answer = client.get(reverse("records:give-worker"))

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert b"caches" in answer.content


def test_an_entry_of_somebody_else_on_this_device_waits_for_them(client_of_grace):
    client, cast = client_of_grace
    told = {**fields(), "person": str(cast.Ana.pk)}
    answer = client.post(
        address("enter", cast.Oak), told, headers={"Accept": "application/json"}
    )

    assert (answer.status_code, answer.json()) == (409, {"kept": False})
    assert Entry.objects.count() == 0


@pytest.fixture
def client_of_grace(cast, browse):
    return browse(cast.Grace), cast
