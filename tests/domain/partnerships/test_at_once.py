"""Two who do the same at the same moment: it happens once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import PartnerSide, Turn
from commonroot.domain.partnerships.models import Partnership, SchoolPart, Stage
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from commonroot.domain.partnerships.plan_actions import add_step, settle_step
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.school_actions import add_school, begin_whole
from commonroot.domain.partnerships.years import find_autumn

TOGETHER = 6
NOW = find_autumn(today())


def do_at_once(act):
    """Do the same several times, together where the database can; gives how many did it."""
    ready = threading.Barrier(TOGETHER)

    def try_it(_number):
        try:
            act()
        except PartnershipError:
            return False
        return True

    def wait_and_try(number):
        try:
            ready.wait()
            return try_it(number)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        return sum(try_it(number) for number in range(TOGETHER))
    with ThreadPoolExecutor(TOGETHER) as pool:
        return sum(pool.map(wait_and_try, range(TOGETHER)))


@pytest.mark.django_db(transaction=True)
def test_a_partnership_begins_once_a_school_joins_once_and_a_step_is_done_once(cast):
    def begin():
        begin_partnership(
            by=cast.Farid, partner=cast.Region, district=cast.North,
            first_year=NOW, last_year=NOW,
        )  # fmt: skip

    assert do_at_once(begin) == 1
    kept = Partnership.objects.get()
    assert Stage.objects.count() == 8

    def join():
        add_school(by=cast.Farid, partnership=kept, school=cast.Oak, first=today())

    assert do_at_once(join) == 1
    part = SchoolPart.objects.get()

    def become_whole():
        begin_whole(by=cast.Farid, part=part, first=today())

    assert do_at_once(become_whole) == 1
    step = add_step(
        by=cast.Mara, partnership=kept, what="x", side=PartnerSide.PARTNER,
        who="Somebody", by_when=today(),
    )  # fmt: skip

    def settle():
        settle_step(by=cast.Mara, step=step, turn=Turn.DONE, line="yes")

    assert do_at_once(settle) == 1
    assert step.turns.count() == 1
