"""What no database keeps is refused with a sentence, wherever it stands."""

from io import BytesIO

import pytest
from django.urls import reverse

from commonroot.domain.teams.models import Cycle, Story

SENTENCE = "There is a character in it that cannot be kept."


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=a%00b",
        "/stories/?q=%00",
        "/places/?q=%00",
        "/people/?q=a&%00=b",
        "/kept/%00/",
    ],
)
def test_an_address_with_the_character_zero_is_refused(cast, browse, address):
    answer = browse(cast.Ana).get(address)

    assert answer.status_code == 400
    assert SENTENCE in answer.content.decode()


def test_a_form_with_the_character_zero_is_refused_and_nothing_is_kept(cast, browse):
    address = reverse("teams:open-team", args=[cast.Oak.pk])
    answer = browse(cast.Ana).post(address, {"name": "a\0b"})

    assert (answer.status_code, SENTENCE in answer.content.decode()) == (400, True)
    assert (Cycle.objects.count(), Story.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_stranger_is_refused_too(browse):
    answer = browse().post("/account/login/", {"login": "a\0@example.org"})

    assert (answer.status_code, SENTENCE in answer.content.decode()) == (400, True)


def test_a_file_may_hold_what_it_likes(cast, browse):
    file = BytesIO(b"a,b\0\n1,2\n")
    file.name = "a.csv"
    address = reverse("records:list-files", args=[cast.Oak.pk])

    assert browse(cast.Ana).post(address, {"file": file}).status_code != 400
