"""Reading pages of a year, always for somebody."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from commonroot.domain.coaching.rules import SEE_VISIT_COUNTS
from commonroot.domain.highlights.choices import Unit
from commonroot.domain.highlights.definitions import (
    DEFINITIONS,
    Definition,
    Found,
    look_up,
    write_value,
)
from commonroot.domain.highlights.models import Highlight, YearPage
from commonroot.domain.highlights.quotes import Said, quotes_seen_by
from commonroot.domain.highlights.rules import MAKE_YEAR
from commonroot.domain.highlights.sources import Source
from commonroot.domain.highlights.spans import Span, span_of
from commonroot.domain.learning.queries import series_seen_by
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import networks_of
from commonroot.domain.network.sight import Rule, current_roles, places_where
from commonroot.domain.teams.rules import SEE_TEAM, SEE_TEAM_COUNTS

# Who sees each source by itself, and who sees how many there are at a place; without a
# line nobody sees one by itself, and everybody sees the places.
DETAIL: dict[str, Rule] = {
    "meetings": SEE_TEAM,
    "changes": SEE_TEAM,
    "checks": SEE_TEAM,
}
BY_PLACE: dict[str, Rule] = {
    "meetings": SEE_TEAM_COUNTS,
    "changes": SEE_TEAM_COUNTS,
    "checks": SEE_TEAM_COUNTS,
    "visits": SEE_VISIT_COUNTS,
}

# Numbers that are sums over those schools that told theirs.
TOLD_BY_SCHOOLS = ("students", "educators")


def pages_seen_by(viewer: Person) -> QuerySet[YearPage]:
    """List the pages that somebody may see: published ones, and drafts they may make."""
    if not current_roles(viewer).exists():
        return YearPage.objects.none()
    own = places_where(viewer, MAKE_YEAR)
    inside = Place.objects.filter(surroundings__around__in=networks_of(viewer))
    return YearPage.objects.filter(
        Q(published__isnull=False, place__in=inside.values("pk")) | Q(place__in=own)
    ).select_related("place")


def find_page(viewer: Person, key: uuid.UUID) -> YearPage | None:
    """Find a page that somebody may see."""
    return pages_seen_by(viewer).filter(pk=key).first()


def find_own_page(viewer: Person, key: uuid.UUID) -> YearPage | None:
    """Find a page that somebody may make."""
    own = places_where(viewer, MAKE_YEAR)
    return YearPage.objects.filter(pk=key, place__in=own).first()


def find_highlight(viewer: Person, key: uuid.UUID) -> Highlight | None:
    """Find a number of a page that somebody may make."""
    own = places_where(viewer, MAKE_YEAR)
    found = Highlight.objects.filter(pk=key, page__place__in=own)
    return found.select_related("page__place").first()


@dataclass(frozen=True)
class Told:
    """One number as a page tells it.

    `now` is what the records say today where that differs from what is told; `waiting` is
    a number drawn anew that nobody has checked yet. `before` is last year's, of a page that is published or else from the records alone.
    Of what schools tell themselves there is how many of them told it, in each year.
    """

    definition: Definition
    highlight: Highlight
    value: str
    now: str
    waiting: Highlight | None
    before: str
    is_counted_alike: bool
    is_before_published: bool
    schools_told: int | None
    schools_before: int | None

    @property
    def label(self) -> str:
        """Name what is counted, as it follows the number."""
        return self.definition.name(self.highlight.value)


def tell_numbers(page: YearPage) -> list[Told]:
    """Tell the numbers of a page, in the order of the definitions."""
    span = span_of(page.place, page.school_year)
    standing = list(
        page.highlights.filter(ended=None).select_related("drawn_by", "checked_by")
    )
    last_year, earlier = find_last_year(span), span.before
    told = []
    for key, definition in DEFINITIONS.items():
        mine = [each for each in standing if each.definition == key]
        shown = next((each for each in mine if each.published), None)
        newest = mine[0] if mine else None
        if newest is None:
            continue
        highlight = shown or newest
        found = look_up(definition, span)
        before = last_year.get(key) or tell_from_records(definition, earlier)
        is_told = key in TOLD_BY_SCHOOLS
        told.append(
            Told(
                definition,
                highlight,
                write_value(highlight.value, highlight.at_least),
                write_change(highlight, found),
                newest if newest != highlight else None,
                before[0],
                before[1] == highlight.version,
                key in last_year,
                len(found.sources) if is_told else None,
                len(look_up(definition, earlier).sources) if is_told else None,
            )
        )
    return told


def numbers_to_read(page: YearPage) -> list[Told]:
    """Tell the numbers that readers of a page see: of a published one, what was checked."""
    told = tell_numbers(page)
    if page.published is None:
        return told
    return [each for each in told if each.highlight.published is not None]


def write_change(highlight: Highlight, found: Found) -> str:
    """Write what the records say now, where they no longer say what is told."""
    if found.digest == highlight.digest and found.value == highlight.value:
        return ""
    return write_value(found.value)


def find_last_year(span: Span) -> dict[str, tuple[str, int]]:
    """Find the numbers that were published for the school year before."""
    published = Highlight.objects.filter(
        page__place=span.place,
        page__school_year=span.before.school_year,
        page__published__isnull=False,
        published__isnull=False,
        ended=None,
    )
    return {
        each.definition: (write_value(each.value, each.at_least), each.version)
        for each in published
    }


def tell_from_records(definition: Definition, span: Span) -> tuple[str, int]:
    """Tell a number of a year without a page, from its records; nothing without any."""
    found = look_up(definition, span)
    value = write_value(found.value) if found.sources else ""
    return value, definition.version


@dataclass(frozen=True)
class Detail:
    """One thing behind a number: its day, its place, how much it is, and the thing to open.

    `thing` is missing where the viewer may know that it was, and not what was in it.
    """

    day: dt.date
    place: str
    amount: str
    thing: uuid.UUID | None


@dataclass(frozen=True)
class Provenance:
    """What a number is made of, as far as somebody may see.

    `places` are places with how much belongs to each; `elsewhere` is what belongs to
    places of which the viewer may not see that, together. `details` are single things.
    """

    value: Decimal
    places: Sequence[tuple[Place, str]]
    elsewhere: str
    details: Sequence[Detail]


def open_number(viewer: Person, definition: Definition, span: Span) -> Provenance:
    """Open a number: what of the records is behind it, as far as the viewer may see."""
    found = look_up(definition, span)
    rule = BY_PLACE.get(definition.key)
    keys = {each.place for each in found.sources if each.place is not None}
    places = Place.objects.filter(pk__in=keys if definition.names_places else set())
    if rule is not None:
        places = places.filter(pk__in=places_where(viewer, rule).values("pk"))
    named = {each.pk: each for each in places}
    amounts: dict[uuid.UUID | None, Decimal] = {}
    for each in found.sources:
        at = each.place if each.place in named else None
        amounts[at] = amounts.get(at, Decimal(0)) + each.amount
    listed = sorted(
        (
            (named[key], write_value(amount))
            for key, amount in amounts.items()
            if key is not None
        ),
        key=lambda pair: pair[0].name,
    )
    rest = amounts.get(None)
    return Provenance(
        found.value,
        listed,
        write_value(rest) if rest else "",
        list_details(viewer, definition, found.sources),
    )


def list_details(
    viewer: Person, definition: Definition, found: Sequence[Source]
) -> list[Detail]:
    """List the single things that the viewer may know of, the newest first.

    Whoever sees how many there are at a place sees their days; what was in them opens for
    those who may see that. Visits are never listed: in a small school a day is a name.
    """
    known, opened = find_known(viewer, definition, found)
    places = Place.objects.filter(pk__in={each.place for each in known})
    names = dict(places.values_list("pk", "name"))
    listed = (
        Detail(
            each.day,
            names[each.place] if each.place else "",
            write_value(each.amount) if definition.unit == Unit.HOURS else "",
            each.thing if each.thing in opened else None,
        )
        for each in known
        if each.day is not None
    )
    return sorted(listed, key=lambda each: (each.day, each.place), reverse=True)


def find_known(
    viewer: Person, definition: Definition, found: Sequence[Source]
) -> tuple[list[Source], set[uuid.UUID]]:
    """Find which sources somebody may know of one by one, and which things they may open."""
    if definition.key == "delivered_hours":
        things = {each.thing for each in found if each.thing}
        series = series_seen_by(viewer).filter(pk__in=things)
        seen = set(series.values_list("pk", flat=True))
        return [each for each in found if each.thing in seen], seen
    if definition.key not in DETAIL:
        return [], set()
    keys = {each.place for each in found if each.place is not None}
    inside, counted = (
        set(places_where(viewer, rule).filter(pk__in=keys).values_list("pk", flat=True))
        for rule in (DETAIL[definition.key], BY_PLACE[definition.key])
    )
    known = [each for each in found if each.place in inside | counted]
    return known, {each.thing for each in known if each.thing and each.place in inside}


def tell_quotes(viewer: Person | None, page: YearPage) -> list[Said]:
    """Tell the words that were chosen for a page and may still be quoted."""
    span = span_of(page.place, page.school_year)
    free = {(each.said, each.key): each for each in quotes_seen_by(viewer, span)}
    chosen = page.quotes.order_by("pk").values_list("said", "words")
    return [free[pair] for pair in chosen if pair in free]
