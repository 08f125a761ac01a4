"""An entry by hand is kept once, holds no free text, and counts when no file covers it."""

import datetime as dt
import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from briefs.small_school import make_rows, write_rows
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.records.actions import give_file, take_in, undo
from commonroot.domain.records.choices import EntriesCount
from commonroot.domain.records.entry_actions import (
    EntryError,
    Happened,
    enter,
    take_back,
)
from commonroot.domain.records.expiry_actions import set_rule
from commonroot.domain.records.models import Entry, Version
from commonroot.domain.records.offered import offer_labels
from commonroot.domain.records.queries import (
    NotForThisViewerError,
    entries_seen_by,
    read_school,
)


def happened(**more):
    told = {
        "key": uuid.uuid4(),
        "at": timezone.now(),
        "location": "Playground",
        "behaviour": "Defiance",
        "band": "3-5",
        "response": "Time Out",
    }
    return Happened(**{**told, **more})


def test_an_entry_becomes_the_row_that_a_file_would_have_given(cast):
    at = timezone.make_aware(dt.datetime.now().replace(hour=10, minute=5))
    at = min(at, timezone.now())
    enter(by=cast.Grace, school=cast.Oak, told=happened(at=at))

    rows = read_school(cast.Ana, cast.Oak).intake.rows
    local = timezone.localtime(at)

    assert rows.height == 1
    row = rows.row(0, named=True)
    assert (row["date"], row["minute"]) == (
        local.date(),
        local.hour * 60 + local.minute,
    )
    assert (row["location"], row["behaviour"], row["grade"], row["response"]) == (
        "Playground",
        "Defiance",
        "3-5",
        "Time Out",
    )
    assert (row["subjective"], row["removal"], row["student"]) == (True, True, None)


def test_an_entry_that_is_sent_twice_is_kept_once(cast):
    told = happened()
    first = enter(by=cast.Grace, school=cast.Oak, told=told)
    again = enter(by=cast.Grace, school=cast.Oak, told=told)

    assert first == again
    assert (Entry.objects.count(), Version.objects.count()) == (1, 1)
    assert verify_log().broken_at is None


def test_a_key_of_somebody_else_is_refused(cast):
    told = happened()
    enter(by=cast.Grace, school=cast.Oak, told=told)

    with pytest.raises(EntryError, match="has this key already"):
        enter(by=cast.Ana, school=cast.Oak, told=told)


@pytest.mark.parametrize(
    "change",
    [
        {"location": "Zeb Marker's desk"},
        {"behaviour": ""},
        {"band": "Zeb"},
        {"response": "Called Zeb's mother"},
    ],
    ids=["place", "behaviour", "band", "response"],
)
def test_what_is_not_offered_is_refused(cast, change):
    with pytest.raises(EntryError, match="Choose one"):
        enter(by=cast.Grace, school=cast.Oak, told=happened(**change))
    assert Version.objects.count() == 0


@pytest.mark.parametrize("days", [-1, 31])
def test_a_time_to_come_or_long_ago_is_refused(cast, days):
    at = timezone.now() - dt.timedelta(days=days)
    with pytest.raises(EntryError):
        enter(by=cast.Grace, school=cast.Oak, told=happened(at=at))


@pytest.mark.parametrize("name", ["Noor", "Carla", "Elena", "Hugo", "Lee", "Olga"])
def test_only_those_who_work_at_the_school_enter(cast, name):
    with pytest.raises(PermissionDenied):
        enter(by=cast.people[name], school=cast.Oak, told=happened())


def test_taking_back_is_for_whoever_entered_it_and_twice_is_once(cast):
    entry = enter(by=cast.Grace, school=cast.Oak, told=happened())

    with pytest.raises(PermissionDenied):
        take_back(by=cast.Ana, entry=entry)
    take_back(by=cast.Grace, entry=entry)
    take_back(by=cast.Grace, entry=entry)

    assert read_school(cast.Ana, cast.Oak) is None
    assert list(entries_seen_by(cast.Grace, cast.Oak)) == []


def test_nobody_sees_the_entries_of_another(cast):
    enter(by=cast.Grace, school=cast.Oak, told=happened())

    assert entries_seen_by(cast.Grace, cast.Oak).count() == 1
    assert entries_seen_by(cast.Ana, cast.Oak).count() == 0


def take_in_file_of_today(cast, tmp_path):
    """Take in a file whose newest incident is of today."""
    rows = make_rows(60, students=30)
    for number, row in enumerate(rows):
        day = timezone.localdate() - dt.timedelta(days=number % 5)
        row["Incident Date"] = day.strftime("%m/%d/%Y")
    path = write_rows(tmp_path / "incidents.csv", rows)
    return take_in(
        by=cast.Ana,
        given=give_file(by=cast.Ana, school=cast.Oak, path=path, name=path.name),
    )


def test_a_file_that_covers_the_day_counts_instead_of_the_entry(cast, tmp_path):
    enter(by=cast.Grace, school=cast.Oak, told=happened())
    given = take_in_file_of_today(cast, tmp_path)

    assert read_school(cast.Ana, cast.Oak).intake.rows.height == 60
    undo(by=cast.Ana, given=given)
    assert read_school(cast.Ana, cast.Oak).intake.rows.height == 1


def test_a_school_may_say_that_entries_always_count(cast, tmp_path):
    enter(by=cast.Grace, school=cast.Oak, told=happened())
    take_in_file_of_today(cast, tmp_path)
    set_rule(
        by=cast.Ben, school=cast.Oak, years_kept=3, entries_count=EntriesCount.ALWAYS
    )

    records = read_school(cast.Ana, cast.Oak)

    assert records.intake.rows.height == 61
    assert records.intake.report["rows_used"] == 61
    assert records.intake.rows["school"].null_count() == 0


def test_labels_of_ten_incidents_are_offered_and_rare_ones_are_not(cast, tmp_path):
    rows = make_rows(60, students=30)
    for number, row in enumerate(rows):
        row["Location"] = (
            "Blacktop" if number < 15 else "Tunnel" if number < 20 else "Gym"
        )
    path = write_rows(tmp_path / "incidents.csv", rows)
    take_in(
        by=cast.Ana,
        given=give_file(by=cast.Ana, school=cast.Oak, path=path, name=path.name),
    )

    offered = offer_labels(cast.Grace, cast.Oak)

    assert "Blacktop" in offered.locations
    assert "Tunnel" not in offered.locations
    assert len(offered.locations) <= 9


def test_labels_are_offered_to_nobody_who_cannot_enter(cast):
    with pytest.raises(NotForThisViewerError):
        offer_labels(cast.Elena, cast.Oak)


def test_an_entry_holds_no_name(cast):
    entry = enter(by=cast.Grace, school=cast.Oak, told=happened())
    kept = json.dumps(list(Version.objects.values("rows", "digest")))

    assert "Grace" not in kept
    assert str(cast.Grace.pk) not in kept
    assert entry.by == cast.Grace
