"""What of the year belongs in somebody's week: numbers that wait for a second person."""

import datetime as dt

from django.db.models import Count
from django.utils.translation import ngettext

from commonroot.domain.highlights.models import Highlight, YearPage
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the pages with numbers that others drew and that somebody may check."""
    waiting = dict(
        Highlight.objects.filter(
            page__place__in=places_where(viewer, MAKE_YEAR), ended=None, checked=None
        )
        .exclude(drawn_by=viewer)
        .exclude(drawn_by=None)
        .order_by()
        .values_list("page")
        .annotate(number=Count("pk"))
    )
    pages = YearPage.objects.filter(pk__in=waiting).select_related("place")
    return [
        Coming(
            ComingKind.DUE,
            ngettext(
                "%(n)s number of %(year)s waits for you as the second person",
                "%(n)s numbers of %(year)s wait for you as the second person",
                waiting[page.pk],
            )
            % {"n": waiting[page.pk], "year": page.school_year},
            first,
            "highlights:make-year",
            page.pk,
            page.place,
        )
        for page in pages
    ]
