"""No page asks the database more often when there is more to show."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_person, add_place, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.records.choices import ErasureKind
from commonroot.domain.records.entry_actions import Happened, enter
from commonroot.domain.records.models import (
    Erasure,
    Import,
    KeptYear,
    RecordingBreak,
)

FEW, MANY = 3, 30


def add_things(cast, first, last):
    """Add things of every kind that pages list, numbered from a first to a last."""
    for each in range(first, last):
        school = add_place(
            by=SYSTEM, kind=PlaceKind.SCHOOL, name=f"S{each}", above=cast.North
        )
        for place in (school, cast.Oak):
            person = add_person(
                by=SYSTEM, email=f"{uuid.uuid4()}@example.org", name=f"P{each}"
            )
            give_role(by=SYSTEM, person=person, kind=RoleKind.EDUCATOR, place=place)
        give_role(by=SYSTEM, person=cast.Grace, kind=RoleKind.EDUCATOR, place=school)
        Import.objects.create(
            school=cast.Oak, by=cast.Ana, name=f"{each}.csv", report={}, plan={}
        )
        day = dt.date(2025, 9, 1) + dt.timedelta(days=each)
        RecordingBreak.objects.create(school=cast.Oak, first=day, last=day)
        KeptYear.objects.create(school=cast.Oak, school_year=f"19{each:02}-x")
        Erasure.objects.create(
            school=cast.Oak, kind=ErasureKind.EXPIRY, by=cast.Ben, report={}
        )
        enter(
            by=cast.Grace,
            school=cast.Oak,
            told=Happened(uuid.uuid4(), timezone.now(), "Bus", "Running"),
        )


def list_pages(cast):
    """List who looks at which page with a list on it."""
    oak = [cast.Oak.pk]
    return {
        "home": (cast.Grace, reverse("shell:home")),
        "account": (cast.Grace, reverse("shell:account")),
        "places": (cast.Carla, reverse("network:list-places")),
        "people": (cast.Carla, reverse("network:list-people")),
        "a school": (cast.Ben, reverse("network:show-place", args=oak)),
        "a district": (cast.Carla, reverse("network:show-place", args=[cast.North.pk])),
        "files": (cast.Ana, reverse("records:list-files", args=oak)),
        "entering": (cast.Grace, reverse("records:enter", args=oak)),
        "tally": (cast.Grace, reverse("records:tally", args=oak)),
        "logging days": (cast.Ana, reverse("records:list-logging-days", args=oak)),
        "keeping": (cast.Ben, reverse("records:show-keeping", args=oak)),
        "cast": (cast.Ana, reverse("demo:list-cast")),
    }


def count_queries(browse, person, address):
    client = browse(person)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def count_all(cast, browse):
    return {
        name: count_queries(browse, *page) for name, page in list_pages(cast).items()
    }


@pytest.mark.slow
def test_thirty_things_take_no_more_queries_than_three(cast, browse):
    add_things(cast, 0, FEW)
    few = count_all(cast, browse)
    add_things(cast, FEW, MANY)
    many = count_all(cast, browse)

    assert {name: few[name] for name in few if many[name] > few[name]} == {}
    assert max(many.values()) < 40
