"""Reading what is said in the room of a series, always for somebody in it."""

import datetime as dt
import uuid

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from commonroot.domain.learning.choices import Answer, Audience, SeatState
from commonroot.domain.learning.models import (
    AgreementAnswer,
    Attendance,
    CircleWord,
    Facilitation,
    Material,
    RepairNote,
    RoomAgreement,
    Series,
    Session,
)
from commonroot.domain.learning.preparing import teaches
from commonroot.domain.learning.queries import (
    places_of_network,
    series_prepared_by,
    series_seen_by,
    taught_by,
)
from commonroot.domain.network.models import Person, Place


def rooms_of(viewer: Person) -> QuerySet[Series]:
    """List the series in whose room somebody is: they have a seat, or teach."""
    there = Q(seats__person=viewer, seats__state=SeatState.COMING)
    there |= Q(sessions__facilitations__person=viewer)
    return series_seen_by(viewer).filter(there).distinct()


def find_room(viewer: Person, key: uuid.UUID) -> Series | None:
    """Find a series in whose room somebody is."""
    return rooms_of(viewer).filter(pk=key).first()


def list_agreements(series: Series) -> QuerySet[RoomAgreement]:
    """List the agreements of a group that have not ended, with what everybody answered."""
    return series.agreements.filter(ended=None).prefetch_related(
        Prefetch("answers", AgreementAnswer.objects.select_related("person")),
        "reviews",
    )


def find_agreement(viewer: Person, key: uuid.UUID) -> RoomAgreement | None:
    """Find an agreement of a group that somebody is in."""
    found = RoomAgreement.objects.filter(pk=key, series__in=rooms_of(viewer))
    return found.select_related("series__workshop", "series__place").first()


def repairs_seen_by(viewer: Person, series: Series) -> QuerySet[RepairNote]:
    """List where an agreement was broken: one's own notes, and all for those who lead."""
    found = RepairNote.objects.filter(agreement__series=series)
    if not teaches(viewer, series):
        found = found.filter(person=viewer)
    return found.select_related("person", "settled_by")


def find_repair(viewer: Person, key: uuid.UUID) -> RepairNote | None:
    """Find a repair that somebody leads to: they lead or co-facilitate the room."""
    found = RepairNote.objects.filter(pk=key).select_related(
        "agreement__series__place", "agreement__series__workshop", "person"
    )
    note = found.first()
    return note if note and teaches(viewer, note.agreement.series) else None


def find_own_repair(viewer: Person, key: uuid.UUID) -> RepairNote | None:
    """Find a repair that somebody asked for, also when they no longer work here."""
    found = RepairNote.objects.filter(pk=key, person=viewer)
    return found.select_related("agreement__series__place").first()


def may_adopt(agreement: RoomAgreement) -> bool:
    """Say whether nothing keeps a group from adopting: a yes is there, and no "not yet"."""
    answers = {each.answer for each in agreement.answers.all()}
    return Answer.YES in answers and Answer.NOT_YET not in answers


def was_in_room(viewer: Person, series: Series) -> bool:
    """Say whether somebody was in the room: signing up alone opens nobody's words."""
    there = Attendance.objects.filter(session__series=series, seat__person=viewer)
    taught = Facilitation.objects.filter(session__series=series, person=viewer)
    return there.exists() or taught.exists()


def words_seen_by(viewer: Person, series: Series) -> QuerySet[CircleWord]:
    """List what was said in a circle, as each writer chose.

    One's own; what is for the room, for whoever was in it; what is for those who
    facilitate, for those who lead or co-facilitate.
    """
    seen = Q(person=viewer)
    if was_in_room(viewer, series):
        seen |= Q(audience__in=[Audience.ROOM, Audience.OUTSIDE])
    if teaches(viewer, series):
        seen |= Q(audience=Audience.FACILITATORS)
    return series.circle_words.filter(seen)


def find_word(viewer: Person, key: uuid.UUID) -> CircleWord | None:
    """Find something that somebody said, or that came from paper where they teach."""
    from_paper = Q(person=None, series__in=taught_by(viewer) & series_seen_by(viewer))
    # One's own can always be taken back, also by whoever no longer works here.
    found = CircleWord.objects.filter(Q(person=viewer) | from_paper, pk=key)
    return found.select_related("series__workshop", "series__place").first()


def list_own_words(viewer: Person) -> QuerySet[CircleWord]:
    """List what somebody said in circles, wherever it was."""
    return CircleWord.objects.filter(person=viewer).select_related("series__workshop")


def quotes_seen_by(viewer: Person) -> QuerySet[CircleWord]:
    """List what may be quoted outside of the room, in one's own network."""
    found = CircleWord.objects.filter(
        audience=Audience.OUTSIDE, series__place__in=places_of_network(viewer)
    )
    return found.select_related("series__workshop").order_by("-at")


def quotes_of(around: Place, first: dt.date, last: dt.date) -> QuerySet[CircleWord]:
    """List what may be quoted of a place's workshops from one day to another.

    By the last session of each series, whenever the words were typed in.
    """
    ended = Session.objects.filter(series=OuterRef("series")).order_by("-day")
    return (
        CircleWord.objects.filter(
            audience=Audience.OUTSIDE, series__place__surroundings__around=around
        )
        .annotate(last_day=Subquery(ended.values("day")[:1]))
        .filter(last_day__range=(first, last))
        .select_related("series__workshop")
    )


def find_material(viewer: Person, key: uuid.UUID) -> Material | None:
    """Find a material of a series that somebody prepares."""
    found = Material.objects.filter(pk=key, series__in=series_prepared_by(viewer))
    return found.select_related("series__place").first()
