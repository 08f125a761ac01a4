"""A team is written to two school days before it meets, once, with its sheet."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from briefs.small_school import make_rows, write_rows
from commonroot.domain.network import letters
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.models import Membership, SchoolDay
from commonroot.domain.preparing.letters import send_reminder
from commonroot.domain.preparing.reminders import (
    ask_owners,
    find_reminder_day,
    remind_teams,
)
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.teams.models import Change, Cycle, DoneReport, Meeting

WEDNESDAY, FRIDAY = dt.date(2026, 12, 2), dt.date(2026, 12, 4)


@pytest.fixture
def team(cast):
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    for person in (cast.Ana, cast.Carla, cast.Hugo):
        Membership.objects.create(group=team, person=person, first=dt.date(2025, 9, 1))
    return team


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], dt.date(2026, 11, 30)),
        ([dt.date(2026, 11, 24), dt.date(2026, 11, 25)], dt.date(2026, 11, 24)),
    ],
    ids=["weekdays", "the school's own days"],
)
def test_it_is_two_school_days_before(cast, days, expected):
    SchoolDay.objects.bulk_create(SchoolDay(school=cast.Oak, day=day) for day in days)

    assert find_reminder_day(cast.Oak, WEDNESDAY) == expected


def test_members_who_may_read_the_minutes_are_written_to_once_with_the_sheet(
    cast, team, tmp_path
):
    path = write_rows(tmp_path / "a.csv", make_rows(200, students=80))
    take_in(
        by=cast.Ana,
        given=give_file(by=cast.Ana, school=cast.Oak, path=path, name="a.csv"),
    )
    Meeting.objects.create(team=team, day=WEDNESDAY)

    assert remind_teams(dt.date(2026, 11, 27)) == 0
    assert remind_teams(dt.date(2026, 11, 30)) == 2
    assert remind_teams(dt.date(2026, 12, 1)) == 0
    attached = {letter.to[0]: len(letter.attachments) for letter in mail.outbox}
    assert attached == {"ana@example.org": 1, "carla@example.org": 1}


def test_whoever_sees_to_a_change_is_asked_on_fridays_until_they_said(cast, team):
    cycle = Cycle.objects.create(
        team=team, opened=WEDNESDAY, what="a", where="b", when="c"
    )
    change = Change.objects.create(
        cycle=cycle,
        what="Two games",
        owner=cast.Ben,
        start=dt.date(2026, 11, 9),
        review=dt.date(2027, 2, 1),
        done_when="seen",
    )

    assert ask_owners(WEDNESDAY) == 0
    assert ask_owners(FRIDAY) == 1
    assert ask_owners(FRIDAY) == 0
    assert mail.outbox[0].to == ["ben@example.org"]
    next_week = FRIDAY + dt.timedelta(days=7)
    DoneReport.objects.create(change=change, done="partly", on=next_week)
    assert ask_owners(next_week) == 0
    assert ask_owners(next_week + dt.timedelta(days=7)) == 1


def test_the_question_has_a_link_to_its_page(cast, team, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["a.example.org"], True
    cycle = Cycle.objects.create(
        team=team, opened=WEDNESDAY, what="a", where="b", when="c"
    )
    change = Change.objects.create(
        cycle=cycle, what="Two games", owner=cast.Ben, done_when="seen",
        start=dt.date(2026, 11, 9), review=dt.date(2027, 2, 1),
    )  # fmt: skip
    ask_owners(FRIDAY)

    assert f"https://a.example.org/changes/{change.pk}/done/" in mail.outbox[0].body


def test_one_letter_that_is_refused_keeps_no_other(cast, team, monkeypatch):
    Meeting.objects.create(team=team, day=WEDNESDAY)
    sent = EmailMessage.send

    def refuse(letter):
        if letter.to == ["ana@example.org"]:
            raise OSError("refused")
        return sent(letter)

    monkeypatch.setattr(EmailMessage, "send", refuse)
    monkeypatch.setattr(letters, "MOST_TRIES", 0)
    remind_teams(dt.date(2026, 11, 30))

    assert [letter.to for letter in mail.outbox] == [["carla@example.org"]]


@pytest.mark.parametrize("change", ["role", "state"])
def test_a_letter_that_waited_is_not_sent_to_whoever_left_or_for_what_is_called_off(
    cast, team, change
):
    meeting = Meeting.objects.create(team=team, day=WEDNESDAY)
    if change == "role":
        cast.Ana.roles.update(last=dt.date(2026, 6, 30))
    else:
        Meeting.objects.update(state="called_off")
    for person in (cast.Ana, cast.Carla):
        send_reminder.enqueue(str(meeting.pk), str(person.pk), 1)

    expected = {"role": [["carla@example.org"]], "state": []}[change]
    assert [letter.to for letter in mail.outbox] == expected
