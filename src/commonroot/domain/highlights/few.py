"""Numbers that tell of one or two people stay off the pages of a year.

A number does so by itself, or together with the page of a place around or inside: what the
one page leaves of the other. Students have the rule of release, before they get here.
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from commonroot.domain.highlights import sources
from commonroot.domain.highlights.definitions import DEFINITIONS
from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.highlights.spans import Span, span_of

FEWEST = 3


def find_learners(span: Span) -> set[str]:
    """Find who was in a session of the year, a guest by their seat."""
    came = sources.attendances_of(span).filter(
        session__day__range=(span.first, span.last)
    )
    return {
        str(person or seat) for person, seat in came.values_list("seat__person", "seat")
    }


def find_keys(
    find: Callable[[Span], list[sources.Source]],
) -> Callable[[Span], set[str]]:
    """Find whom a number counts by the keys of its sources."""
    return lambda span: {each.key for each in find(span)}


PEOPLE: Mapping[str, Callable[[Span], set[str]]] = {
    "participant_hours": find_learners,
    "convened": find_keys(sources.find_convened),
    "beginners": find_keys(sources.find_beginners),
    "seasoned": find_keys(sources.find_seasoned),
}


def is_few(people: set[str]) -> bool:
    """Say whether a number would tell of one or two people.

    >>> is_few(set()), is_few({"Ana", "Ben"}), is_few({"Ana", "Ben", "Grace"})
    (False, True, False)
    """
    return 0 < len(people) < FEWEST


def tells_of_few(page: YearPage, key: str) -> bool:
    """Say whether a number of a page would tell of one or two people by itself."""
    return key in PEOPLE and is_few(PEOPLE[key](span_of(page.place, page.school_year)))


def need_many(page: YearPage, keys: Iterable[str]) -> None:
    """Raise YearError where a number would tell of one or two people, alone or beside others."""
    for key in keys:
        if key not in PEOPLE:
            continue
        told = {"number": str(DEFINITIONS[key].label)}
        if tells_of_few(page, key):
            raise YearError(
                _(
                    "The %(number)s would tell of one or two people. Leave that number off "
                    "this page."
                )
                % told
            )
        if (other := find_telling_page(page, key)) is not None:
            told["place"] = other.place.name
            raise YearError(
                _(
                    "Beside the page of %(place)s, the %(number)s would tell of one or two "
                    "people. Leave that number off this page."
                )
                % told
            )


def find_telling_page(page: YearPage, key: str) -> YearPage | None:
    """Find a published page beside which this one's number would tell of one or two people.

    Of a page and those inside of it one can work out whom each alone leaves, and all of
    them together.
    """
    others = list_others(page, key)
    people = {
        each.pk: PEOPLE[key](span_of(each.place, each.school_year))
        for each in (page, *others)
    }
    for outer in (page, *others):
        inside = [each for each in (page, *others) if lies_inside(each, outer)]
        if outer != page and page not in inside:
            continue
        together = set().union(*(people[each.pk] for each in inside))
        for left in (together, *(people[each.pk] for each in inside)):
            if is_few(people[outer.pk] - left):
                return outer if outer != page else inside[0]
    return None


def lies_inside(page: YearPage, outer: YearPage) -> bool:
    """Say whether the place of a page lies inside the place of another."""
    around = page.place.surroundings.values_list("around", flat=True)
    return page != outer and outer.place_id in set(around)


def list_others(page: YearPage, key: str) -> list[YearPage]:
    """List the other pages of the year on which a number is published."""
    found = YearPage.objects.filter(
        school_year=page.school_year,
        published__isnull=False,
        highlights__definition=key,
        highlights__published__isnull=False,
        highlights__ended=None,
    )
    return list(found.exclude(pk=page.pk).select_related("place").distinct())
