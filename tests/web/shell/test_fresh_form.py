"""Two who have the same form open: neither loses what the other wrote."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict

from commonroot.web.shell.fresh_form import FreshForm


class RoomForm(FreshForm):
    where = forms.CharField(required=False)
    day = forms.DateField()
    kind = forms.ChoiceField(choices=[("big", "A big room"), ("small", "A small one")])
    is_booked = forms.BooleanField(required=False)


SEEN = {
    "where": "Library\r\nupstairs",
    "day": dt.date(2026, 9, 1),
    "kind": "big",
    "is_booked": False,
}


def send(standing, **changed):
    """Send a form that was opened on SEEN, with what its reader changed."""
    page = RoomForm(initial=SEEN)
    sent = QueryDict(mutable=True)
    for bound in page:
        sent[bound.html_initial_name] = str(bound.initial)
        if bound.initial is not False:
            sent[bound.html_name] = str(bound.initial)
    sent.update(changed)
    form = RoomForm(sent, initial=standing)
    form.is_valid()
    return form


def test_what_one_changes_alone_is_kept():
    form = send(SEEN, where="Gym", is_booked="on")
    assert form.errors == {}
    assert form.cleaned_data == {**SEEN, "where": "Gym", "is_booked": True}


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("where", "Gym"),
        ("day", dt.date(2026, 9, 8)),
        ("kind", "small"),
        ("is_booked", True),
    ],
)
def test_what_one_left_alone_stays_as_another_wrote_it(name, now):
    other = "day" if name != "day" else "where"
    mine = {"day": "2026-09-15"} if name != "day" else {"where": "Hall"}
    form = send({**SEEN, name: now}, **mine)
    assert form.errors == {}
    assert form.cleaned_data[name] == now
    assert str(form.cleaned_data[other]) == mine[other]


def test_what_both_changed_is_refused_once_and_says_what_stands():
    standing = {**SEEN, "kind": "small", "where": "Gym"}
    form = send(standing, where="Hall")
    assert list(form.errors) == ["where"]
    assert "“Gym”" in form.errors["where"][0]
    again = RoomForm(form.data, initial=standing)
    assert again.is_valid()
    assert again.cleaned_data["where"] == "Hall"


def test_what_both_changed_alike_is_no_quarrel():
    assert send({**SEEN, "where": "Gym"}, where="Gym").errors == {}


def test_the_end_of_a_line_is_no_change():
    form = send({**SEEN, "where": "Library\nupstairs"}, day="2026-09-15")
    assert form.errors == {}


def test_a_choice_is_named_as_its_readers_know_it():
    form = RoomForm(
        {"initial-kind": "big", "kind": "", "day": "2026-09-01"},
        initial={**SEEN, "kind": "small"},
    )
    assert "“A small one”" in form.errors["kind"][-1]
