"""Reading workshops and series, always for somebody."""

import uuid
from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from commonroot.domain.learning.choices import Part, SeatState, SeriesState
from commonroot.domain.learning.models import (
    Facilitation,
    Interpreter,
    Seat,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.learning.names import find_alike, fold_name
from commonroot.domain.learning.rules import (
    CHOOSE_COLLEAGUES,
    PREPARE_WORKSHOPS,
    SEE_WORKSHOPS,
)
from commonroot.domain.learning.spoken import LanguageNeed, match_languages
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now, people_seen_by
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import current_roles, places_where, today


def places_of_network(viewer: Person) -> QuerySet[Place]:
    """List the places of the networks in which somebody has a role.

    A network is all that lies beneath one place that lies in no other.
    """
    own = places_where(viewer, SEE_WORKSHOPS)
    tops = Place.objects.filter(above=None, contents__place__in=own)
    return Place.objects.filter(surroundings__around__in=tops).distinct()


def workshops_seen_by(viewer: Person) -> QuerySet[Workshop]:
    """List the workshops of one's own network, with all of their names."""
    found = Workshop.objects.filter(place__in=places_of_network(viewer))
    return found.select_related("place").prefetch_related("names")


def search_workshops(viewer: Person, sought: str) -> QuerySet[Workshop]:
    """Find workshops by words of any of their names, each word somewhere."""
    found = workshops_seen_by(viewer)
    for word in sought.split()[:8]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(names__name__icontains=word)
            | Q(about__icontains=word)
        )
    return found.distinct()


def find_workshop(viewer: Person, key: uuid.UUID) -> Workshop | None:
    """Find a workshop of one's own network."""
    return workshops_seen_by(viewer).filter(pk=key).first()


def find_prepared_workshop(viewer: Person, key: uuid.UUID) -> Workshop | None:
    """Find a workshop that somebody may change."""
    places = places_where(viewer, PREPARE_WORKSHOPS)
    return workshops_seen_by(viewer).filter(pk=key, place__in=places).first()


def list_names(workshops: Iterable[Workshop]) -> list[tuple[Workshop, str]]:
    """List every name of workshops beside the workshop."""
    return [
        (each, name)
        for each in workshops
        for name in (each.name, *(other.name for other in each.names.all()))
    ]


def find_known(viewer: Person, name: str) -> Workshop | None:
    """Find the workshop of one's network that has this name, or has it among its others."""
    sought = fold_name(name)
    for workshop, known in list_names(workshops_seen_by(viewer)):
        if fold_name(known) == sought:
            return workshop
    return None


def list_alike(viewer: Person, name: str) -> list[Workshop]:
    """List the workshops of one's network that are called much like this."""
    known = {each.pk: each for each in workshops_seen_by(viewer)}
    named = [(workshop.pk, other) for workshop, other in list_names(known.values())]
    return [known[key] for key in find_alike(name, named)]


def series_seen_by(viewer: Person) -> QuerySet[Series]:
    """List the series of one's own network."""
    found = Series.objects.filter(place__in=places_of_network(viewer))
    return found.select_related("workshop__place", "place")


def show_sessions(series: QuerySet[Series]) -> QuerySet[Series]:
    """Read the sessions that stand with series."""
    return series.prefetch_related(
        Prefetch("sessions", Session.objects.order_by("day", "starts"))
    )


def find_series(viewer: Person, key: uuid.UUID) -> Series | None:
    """Find a series of one's own network."""
    return series_seen_by(viewer).filter(pk=key).first()


def taught_by(person: Person) -> QuerySet[Series]:
    """List the series in which somebody leads or co-facilitates."""
    taught = Facilitation.objects.filter(person=person).exclude(part=Part.OBSERVER)
    return Series.objects.filter(pk__in=taught.values("session__series"))


def series_prepared_by(viewer: Person) -> QuerySet[Series]:
    """List the series that somebody prepares: by their role, or because they teach them."""
    places = places_where(viewer, PREPARE_WORKSHOPS)
    return series_seen_by(viewer).filter(
        Q(place__in=places) | Q(pk__in=taught_by(viewer))
    )


def find_prepared(viewer: Person, key: uuid.UUID) -> Series | None:
    """Find a series that somebody prepares."""
    return series_prepared_by(viewer).filter(pk=key).first()


def find_session(viewer: Person, key: uuid.UUID) -> Session | None:
    """Find a session of a series that somebody prepares."""
    found = Session.objects.filter(pk=key, series__in=series_prepared_by(viewer))
    return found.select_related("series__workshop", "series__place").first()


def find_seat(viewer: Person, key: uuid.UUID) -> Seat | None:
    """Find a seat in a series that somebody prepares."""
    found = Seat.objects.filter(pk=key, series__in=series_prepared_by(viewer))
    return found.select_related("series__workshop", "person", "school").first()


def list_seats(series: Series) -> QuerySet[Seat]:
    """List the seats of a series by name, with who sits there and where they work."""
    return (
        series.seats.select_related("person", "school")
        .order_by("state", "person__name", "guest", "pk")
        .all()
    )


def find_own_seat(viewer: Person, series: Series) -> Seat | None:
    """Find one's own seat in a series."""
    return series.seats.filter(person=viewer).first()


def places_to_choose(viewer: Person) -> QuerySet[Place]:
    """List the places from which somebody may choose colleagues."""
    return places_where(viewer, CHOOSE_COLLEAGUES)


def schools_to_choose(viewer: Person, series: Series) -> QuerySet[Place]:
    """List the schools from which somebody may choose colleagues for a series."""
    return places_to_choose(viewer).filter(
        kind=PlaceKind.SCHOOL, surroundings__around=series.place_id
    )


def people_of(school: Place) -> QuerySet[Person]:
    """List who works in a school today, and could learn with others."""
    from_here = held_now(Role.objects.filter(place__surroundings__around=school))
    return Person.objects.filter(roles__in=from_here, is_active=True).distinct()


def people_to_teach(viewer: Person, series: Series) -> list[Person]:
    """List who could teach a series.

    Whom the viewer sees anyway, and the coaches and facilitators of the network around it.
    """
    around = series.place.surroundings.values("around")
    roles = held_now(Role.objects.filter(place__in=around, kind__in=COACHES | NETWORK))
    found = Person.objects.filter(roles__in=roles, is_active=True)
    seen = people_seen_by(viewer).values("pk")
    return list(
        Person.objects.filter(Q(pk__in=found.values("pk")) | Q(pk__in=seen)).order_by(
            "name"
        )
    )


def list_open_series(viewer: Person) -> QuerySet[Series]:
    """List the open series that are for somebody: of places around or inside theirs."""
    own = [role.place_id for role in current_roles(viewer)]
    return (
        show_sessions(series_seen_by(viewer))
        .filter(
            Q(place__contents__place__in=own) | Q(place__surroundings__around__in=own),
            state=SeriesState.OPEN,
            sessions__day__gte=today(),
        )
        .distinct()
    )


def list_own_seats(viewer: Person) -> QuerySet[Seat]:
    """List one's own seats, with their series and sessions."""
    seen = series_seen_by(viewer)
    return (
        Seat.objects.filter(person=viewer, series__in=seen)
        .select_related("series__workshop", "series__place")
        .prefetch_related(Prefetch("series__sessions", Session.objects.order_by("day")))
    )


def find_interpreter(viewer: Person, key: uuid.UUID) -> Interpreter | None:
    """Find an interpreter of a series that somebody prepares."""
    found = Interpreter.objects.filter(pk=key).select_related("series__place").first()
    if found is None or find_prepared(viewer, found.series_id) is None:
        return None
    return found


def list_language_needs(
    found: QuerySet[Series],
) -> list[tuple[Series, list[LanguageNeed]]]:
    """List for each series the languages that whoever comes asked for, and who interprets each."""
    asking = Seat.objects.filter(state=SeatState.COMING).exclude(language="")
    seats = Prefetch("seats", asking.order_by("pk"), to_attr="asking")
    return [
        (
            series,
            match_languages(
                [seat.language for seat in series.asking],
                [(each.language, each.who) for each in series.interpreters.all()],
            ),
        )
        for series in found.prefetch_related(seats, "interpreters")
    ]


def list_kitchen_needs(series: Series) -> list[tuple[str, str]]:
    """List the needs of whoever comes, without names: what kind, and what was said."""
    coming = series.seats.filter(state=SeatState.COMING)
    kinds = ("food", "access", "language")
    rows = coming.order_by("pk").values_list(*kinds)
    return [
        (kind, said.strip())
        for number, kind in enumerate(kinds)
        for said in sorted(row[number] for row in rows)
        if said.strip()
    ]
