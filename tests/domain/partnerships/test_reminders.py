"""Letters before a talk about going on."""

import datetime as dt

import pytest
from django.core import mail

from commonroot.domain.network.actions import end_role
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import RenewalEnd
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from commonroot.domain.partnerships.reminders import remind_of_renewals
from commonroot.domain.partnerships.renewal_actions import plan_renewal, settle_renewal
from commonroot.domain.partnerships.years import find_autumn
from commonroot.domain.safekeeping.nights import write_letters

DAYS = dt.timedelta(days=1)


@pytest.fixture
def renewal(cast):
    autumn = find_autumn(today())
    kept = begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.North,
        first_year=autumn, last_year=autumn,
    )  # fmt: skip
    return plan_renewal(
        by=cast.Farid, partnership=kept, day=today() + 90 * DAYS, owner=cast.Mara
    )


def test_whoever_holds_it_gets_a_letter_sixty_and_fourteen_days_before(renewal):
    days = [renewal.day - each * DAYS for each in (61, 60, 59, 30, 14, 13, 1, 0, -1)]

    assert [remind_of_renewals(day) for day in days] == [0, 1, 0, 0, 1, 0, 0, 0, 0]
    assert [letter.to for letter in mail.outbox] == [["mara@example.org"]] * 2
    assert "North" in mail.outbox[0].subject


def test_a_talk_planned_late_is_told_of_once(cast, renewal):
    renewal.day = today() + 5 * DAYS
    renewal.save()

    assert write_letters() == "1 letters"
    assert write_letters() == "0 letters"


def test_those_who_keep_it_are_written_to_where_nobody_holds_it_any_more(cast, renewal):
    end_role(by=cast.Farid, role=Role.objects.get(person=cast.Mara))

    assert remind_of_renewals(renewal.day - 60 * DAYS) == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "elena@example.org",
        "farid@example.org",
    ]


def test_a_settled_talk_needs_no_letter(cast, renewal):
    settle_renewal(
        by=cast.Farid, renewal=renewal, ending=RenewalEnd.NOT_RENEWED, line="they can"
    )

    assert remind_of_renewals(renewal.day - 60 * DAYS) == 0


def test_the_letter_is_in_the_language_of_its_reader(cast, renewal):
    cast.Mara.language = "es"
    cast.Mara.save()
    remind_of_renewals(renewal.day - 60 * DAYS)

    assert " de " in mail.outbox[0].subject
