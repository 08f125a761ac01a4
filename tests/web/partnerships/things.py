"""Things of partnerships that an address is about, made for the test of walls."""

import datetime as dt

from commonroot.domain.network.models import Place
from commonroot.domain.partnerships.models import (
    Partnership,
    PayLine,
    ReadinessNote,
    Renewal,
    SchoolPart,
    Stage,
    StageReached,
    Step,
)

DAY = dt.date(2026, 1, 7)


def make_partnership(place):
    """Make a partnership with a place, or give the one that there is."""
    region = Place.objects.get(name="Region")
    found, _made = Partnership.objects.get_or_create(
        partner=region, district=place, first_year=2024, last_year=2027
    )
    return found


def make_stage_reached(place):
    """Make a stage that a partnership reached."""
    region = Place.objects.get(name="Region")
    stage = Stage.objects.create(network=region, position=1, words="A first talk")
    return StageReached.objects.create(
        partnership=make_partnership(place), stage=stage, day=DAY, evidence="seen"
    )


def make_step(place):
    """Make an open step of a plan."""
    return Step.objects.create(
        partnership=make_partnership(place),
        what="Call the board",
        side="partner",
        who="Somebody",
        by_when=DAY,
    )


def make_school_part(place):
    """Make a place's own part in a partnership."""
    return SchoolPart.objects.create(
        partnership=make_partnership(place), school=place, first=DAY
    )


def make_readiness_note(place):
    """Make a note about a place's readiness."""
    return ReadinessNote.objects.create(
        partnership=make_partnership(place), school=place, day=DAY, text="not yet"
    )


def make_renewal(place):
    """Make a talk about going on."""
    return Renewal.objects.create(partnership=make_partnership(place), day=DAY)


def make_pay_line(place):
    """Make a line of who pays for what."""
    return PayLine.objects.create(
        partnership=make_partnership(place), year=2025, what="Travel", payer="Partner"
    )


MADE = {
    "partnership": make_partnership,
    "stage reached": make_stage_reached,
    "step": make_step,
    "school part": make_school_part,
    "readiness note": make_readiness_note,
    "renewal": make_renewal,
    "pay line": make_pay_line,
}
# Things that belong to whoever they are made with.
OWN = {}
