"""Things of the year that an address is about, made for the test of walls."""

from django.utils import timezone

from commonroot.domain.highlights.models import Highlight, YearPage


def make_page(place):
    """Make the published page of a place's year."""
    return YearPage.objects.get_or_create(
        place=place, school_year="2025-26", defaults={"published": timezone.now()}
    )[0]


def make_highlight(place):
    """Make a number of a place's page, drawn by nobody who is still there."""
    return Highlight.objects.create(
        page=make_page(place),
        definition="checks",
        version=1,
        value=0,
        digest="",
        drawn=timezone.now(),
    )


MADE = {"year": make_page, "highlight": make_highlight}
# Things that belong to whoever they are made with.
OWN = {}
