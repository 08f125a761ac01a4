"""What the records hold of a school year: every highlight is the sum of such sources."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from commonroot.analysis.disclosure import release_count
from commonroot.domain.coaching.queries import visits_held
from commonroot.domain.convenings.queries import attendances
from commonroot.domain.highlights.spans import Span
from commonroot.domain.learning.choices import Standing
from commonroot.domain.learning.hours import sessions_held
from commonroot.domain.learning.models import Attendance, Session
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Enrolment, Place, Staffing
from commonroot.domain.partnerships.queries import whole_school_partners
from commonroot.domain.teams.choices import MeetingState
from commonroot.domain.teams.models import Change, CheckResult, Meeting

MINUTES, AUGUST = 60, 8
ONE = Decimal(1)


@dataclass(frozen=True)
class Source:
    """One thing of the records behind a highlight, and how much of it that is.

    `key` says what is counted, and counts once. `place` is where it belongs: who may see
    what happens there may see the source.
    """

    key: str
    amount: Decimal
    place: uuid.UUID | None
    day: dt.date | None = None
    thing: uuid.UUID | None = None


def find_meetings(span: Span) -> list[Source]:
    """Find the meetings of data teams that were held."""
    held = Meeting.objects.filter(
        team__place__surroundings__around=span.place,
        state=MeetingState.ENDED,
        day__range=(span.first, span.last),
    )
    rows = held.values_list("pk", "day", "team__place")
    return [Source(str(pk), ONE, place, day, pk) for pk, day, place in rows]


def find_changes(span: Span) -> list[Source]:
    """Find the changes that teams began."""
    begun = Change.objects.filter(
        cycle__team__place__surroundings__around=span.place,
        start__range=(span.first, span.last),
    )
    rows = begun.values_list("pk", "start", "cycle__team__place", "cycle")
    return [Source(str(pk), ONE, place, day, of) for pk, day, place, of in rows]


def find_checks(span: Span) -> list[Source]:
    """Find the changes that were checked: each once, however often a team looked."""
    looks = CheckResult.objects.filter(
        change__cycle__team__place__surroundings__around=span.place,
        on__range=(span.first, span.last),
    ).order_by("on", "at")
    rows = looks.values_list(
        "change", "on", "change__cycle__team__place", "change__cycle"
    )
    found = {
        change: Source(str(change), ONE, place, day, cycle)
        for change, day, place, cycle in rows
    }
    return list(found.values())


def find_visits(span: Span) -> list[Source]:
    """Find the classroom visits that were held."""
    rows = visits_held(span.place, span.first, span.last).values_list(
        "pk", "day", "school"
    )
    return [Source(str(pk), ONE, school, day) for pk, day, school in rows]


def sessions_of(span: Span) -> QuerySet[Session]:
    """List the sessions held for a place, or to which people came from there."""
    came = attendances_of(span)
    return Session.objects.filter(
        Q(series__place__surroundings__around=span.place)
        | Q(pk__in=came.values("session")),
        day__range=(span.first, span.last),
        held__isnull=False,
    ).distinct()


def attendances_of(span: Span) -> QuerySet[Attendance]:
    """List who of a place was in sessions: those from its schools, and guests of its own.

    Somebody without a school is of the place for which the workshop is held.
    """
    inside = Place.objects.filter(surroundings__around=span.place)
    return Attendance.objects.filter(
        Q(seat__school__in=inside.values("pk"))
        | Q(seat__school=None, session__series__place__in=inside.values("pk")),
        session__held__isnull=False,
    )


def find_delivered_hours(span: Span) -> list[Source]:
    """Find the hours of sessions held for a place or with people from there, each once."""
    rows = sessions_of(span).values_list(
        "pk", "day", "series__place", "series", "minutes"
    )
    return [
        Source(str(pk), Decimal(minutes) / MINUTES, place, day, series)
        for pk, day, place, series, minutes in rows
    ]


def find_participant_hours(span: Span) -> list[Source]:
    """Find the hours that people of a place were in sessions, of each session together."""
    rows = (
        attendances_of(span)
        .filter(session__day__range=(span.first, span.last))
        .values_list(
            "session", "session__day", "session__series__place", "session__series"
        )
        .annotate(whole=Sum("minutes"))
        .order_by()
    )
    return [
        Source(str(pk), Decimal(whole) / MINUTES, place, day, series)
        for pk, day, place, series, whole in rows
    ]


def find_beginners(span: Span) -> list[Source]:
    """Find the people new to the work who were at a workshop in the August of the year."""
    return find_august(span, Standing.NEW)


def find_seasoned(span: Span) -> list[Source]:
    """Find the seasoned people who were at a workshop in the August of the year."""
    return find_august(span, Standing.SEASONED)


def find_august(span: Span, standing: Standing) -> list[Source]:
    """Find who was in a session of the August of the year, each person once, as they first came."""
    august = [dt.date(span.first.year, AUGUST, day) for day in (1, 31)]
    rows = (
        attendances_of(span)
        .filter(session__day__range=august)
        .order_by("session__day", "session__starts", "pk")
        .values_list("seat__person", "seat", "seat__school", "seat__standing")
    )
    first: dict[str, tuple[uuid.UUID | None, str]] = {}
    for person, seat, school, came_as in rows:
        first.setdefault(str(person or seat), (school, came_as))
    return [
        Source(key, ONE, school)
        for key, (school, came_as) in first.items()
        if came_as == standing
    ]


def find_schools(span: Span) -> list[Source]:
    """Find the schools where a team met, a visit was held, or people came from to learn."""
    reached = {each.place for each in span.once(find_meetings)}
    reached |= {each.place for each in span.once(find_visits)}
    sessions = sessions_held(span.place, span.first, span.last)
    reached |= set(sessions.values_list("series__place", flat=True))
    came = attendances_of(span).filter(session__day__range=(span.first, span.last))
    reached |= set(came.values_list("seat__school", flat=True))
    schools = Place.objects.filter(
        pk__in=[each for each in reached if each is not None],
        kind=PlaceKind.SCHOOL,
        surroundings__around=span.place,
    )
    return [Source(str(pk), ONE, pk) for pk in schools.values_list("pk", flat=True)]


def find_districts(span: Span) -> list[Source]:
    """Find the districts of the schools that were reached."""
    return places_of(span.once(find_schools), "above")


def find_counties(span: Span) -> list[Source]:
    """Find the counties of the schools that were reached."""
    return places_of(span.once(find_schools), "county")


def places_of(schools: Iterable[Source], field: str) -> list[Source]:
    """Find the places that schools lie in, each once."""
    keys = [each.place for each in schools if each.place is not None]
    found = set(Place.objects.filter(pk__in=keys).values_list(field, flat=True))
    return [Source(str(pk), ONE, pk) for pk in found - {None}]


def find_partners(span: Span) -> list[Source]:
    """Find the schools that are partners as a whole at the end of the school year."""
    schools = whole_school_partners(span.place, span.last)
    return [Source(str(pk), ONE, pk) for pk in schools.values_list("pk", flat=True)]


def find_students(span: Span) -> list[Source]:
    """Find the students of the schools that were reached, as their schools tell.

    A school's own total, or the sum of its grades. A school with fewer than five, which
    release would hide, is not in it.
    """
    schools = [each.place for each in span.once(find_schools)]
    told = Enrolment.objects.filter(
        school__in=schools, school_year=span.school_year, column__in=("", "grade")
    ).values_list("school", "column", "students")
    whole: dict[uuid.UUID, int] = {}
    grades: dict[uuid.UUID, int] = {}
    for school, column, students in told:
        counts = grades if column else whole
        counts[school] = counts.get(school, 0) + students
    return [
        Source(str(school), Decimal(students), school)
        for school, students in {**grades, **whole}.items()
        if not release_count(students, students).protected
    ]


def find_educators(span: Span) -> list[Source]:
    """Find the educators of the schools that were reached, as their schools tell."""
    told = Staffing.objects.filter(
        school__in=[each.place for each in span.once(find_schools)],
        school_year=span.school_year,
    )
    rows = told.values_list("school", "educators")
    return [Source(str(pk), Decimal(educators), pk) for pk, educators in rows]


def find_convened(span: Span) -> list[Source]:
    """Find the educators who were at a convening, each once."""
    return [
        Source(each.key, ONE, each.school)
        for each in attendances(span.place, span.first, span.last)
        if each.is_educator
    ]
