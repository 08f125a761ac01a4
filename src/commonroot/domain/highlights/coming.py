"""What of the year belongs in somebody's week: numbers that wait for a second person."""

import datetime as dt

from django.utils.translation import ngettext

from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the pages with numbers that others drew and that somebody may check."""
    pages = YearPage.objects.filter(place__in=places_where(viewer, MAKE_YEAR))
    found = []
    for page in pages.select_related("place"):
        waiting = (
            page.highlights.filter(ended=None, checked=None)
            .exclude(drawn_by=viewer)
            .exclude(drawn_by=None)
            .count()
        )
        if waiting:
            words = ngettext(
                "%(n)s number of %(year)s waits for you as the second person",
                "%(n)s numbers of %(year)s wait for you as the second person",
                waiting,
            ) % {"n": waiting, "year": page.school_year}
            found.append(
                Coming(
                    ComingKind.DUE,
                    words,
                    first,
                    "highlights:make-year",
                    page.pk,
                    page.place,
                )
            )
    return found
