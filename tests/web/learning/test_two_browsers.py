"""Two people who have the same page open: neither loses what the other wrote."""

import re

from commonroot.domain.learning.models import RoomAgreement, Seat
from web.learning.test_workshop_pages import (  # noqa: F401  # fixtures
    address,
    ask,
    series,
    workshop,
)


def open_form(client, path):
    """Open a page and give what its form would send, as a browser reads it."""
    page = client.get(path).content.decode()
    sent = {}
    for field in re.findall(
        r"<(?:input|textarea|select)[^>]*name=\"[^\"]+\"[^>]*>", page
    ):
        name = re.search(r'name="([^"]+)"', field)[1]
        value = re.search(r'value="([^"]*)"', field)
        sent[name] = value[1] if value else ""
    for name, body in re.findall(
        r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def test_a_list_that_was_opened_before_does_not_wipe_what_somebody_needs(
    cast,
    browse,
    series,  # noqa: F811
):
    grace, carla = browse(cast.Grace), browse(cast.Carla)
    ask(grace, series)
    seat = Seat.objects.get()
    path = address("change-seat", seat.pk)
    older = open_form(carla, path)
    ask(grace, series, answer="needs", food="No nuts at all")
    answer = carla.post(path, {**older, "standing": "new"})
    seat.refresh_from_db()

    assert answer.status_code == 302
    assert (seat.food, seat.standing, seat.state) == ("No nuts at all", "new", "coming")


def test_what_both_wrote_is_shown_before_one_takes_the_place_of_the_other(
    cast,
    browse,
    workshop,  # noqa: F811
):
    carla, dev = browse(cast.Carla), browse(cast.Elena)
    path = address("describe-workshop", workshop.pk)
    older = open_form(dev, path)
    carla.post(path, {**open_form(carla, path), "about": "Listening first"})
    refused = dev.post(path, {**older, "about": "Talking first"})
    workshop.refresh_from_db()
    page = refused.content.decode()

    assert (refused.status_code, workshop.about) == (422, "Listening first")
    assert "It says now: “Listening first”" in page
    assert "Talking first" in page
    again = re.search(r'name="initial-about" value="([^"]*)"', page)[1]
    dev.post(path, {**older, "about": "Talking first", "initial-about": again})
    workshop.refresh_from_db()
    assert workshop.about == "Talking first"


def test_a_yes_is_to_the_words_that_were_read(cast, browse, series):  # noqa: F811
    ask(browse(cast.Grace), series)
    grace, carla = browse(cast.Grace), browse(cast.Carla)
    carla.post(address("list-agreements", series.pk), {"text": "We listen"})
    made = RoomAgreement.objects.get()
    page = grace.get(address("list-agreements", series.pk)).content.decode()
    assert 'name="wording" value="0"' in page
    carla.post(address("reword-agreement", made.pk), {"text": "We shout"})
    late = grace.post(
        address("answer-agreement", made.pk), {"answer": "yes", "wording": "0"}
    )

    assert late.status_code == 422
    assert "worded anew meanwhile" in late.content.decode()
    assert made.answers.count() == 0
