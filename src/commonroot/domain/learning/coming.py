"""What of learning belongs in somebody's week: sessions, answers, tools, agreements."""

import datetime as dt

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import Part, SeatState, SeriesState
from commonroot.domain.learning.models import (
    Facilitation,
    RepairNote,
    RoomAgreement,
    Seat,
    Session,
    ToolChoice,
)
from commonroot.domain.learning.queries import (
    list_language_needs,
    series_prepared_by,
    series_seen_by,
)
from commonroot.domain.learning.room_queries import rooms_of
from commonroot.domain.learning.rules import PREPARE_WORKSHOPS
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where, today

# Of a session that is older nobody is asked any more.
LONG_AGO = dt.timedelta(days=60)
# So long before a series begins, an interpreter can still be found.
SOON = dt.timedelta(days=28)


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find what comes up for somebody from one day to another; what is overdue, too."""
    return [
        *find_teaching(viewer, first, last),
        *find_unsaid(viewer, last),
        *find_unmet_languages(viewer, last),
        *find_learning(viewer, first, last),
        *find_unanswered(viewer, last),
        *find_tries(viewer, last),
        *find_reviews(viewer, last),
        *find_repairs(viewer, last),
    ]


def find_teaching(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the sessions that somebody teaches or observes."""
    taught = Facilitation.objects.filter(
        person=viewer,
        session__day__range=(first, last),
        session__series__in=series_seen_by(viewer).exclude(
            state=SeriesState.CALLED_OFF
        ),
    ).select_related("session__series__workshop", "session__series__place")
    return [
        meet(
            each.session,
            f"{each.get_part_display()}: {each.session.series}",
            _("The paper list, the code for the door, the materials")
            if each.part != Part.OBSERVER
            else "",
        )
        for each in taught.order_by("session__day", "session__starts")
    ]


def find_unsaid(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the sessions that are over of which nobody has said that they were held.

    Whoever taught one is asked; where nobody did who is still here, whoever prepares it.
    """
    over = min(last, today() - dt.timedelta(days=1))
    teaching = Facilitation.objects.filter(
        session=OuterRef("pk"), person__is_active=True
    ).exclude(part=Part.OBSERVER)
    prepared = places_where(viewer, PREPARE_WORKSHOPS)
    unsaid = (
        Session.objects.filter(
            Exists(teaching.filter(person=viewer))
            | (~Exists(teaching) & Q(series__place__in=prepared)),
            day__range=(today() - LONG_AGO, over),
            held=None,
            series__in=series_seen_by(viewer).exclude(state=SeriesState.CALLED_OFF),
        )
        .select_related("series__workshop", "series__place")
        .order_by("day")
    )
    return [
        Coming(
            ComingKind.DUE,
            _("Was it held? %(series)s") % {"series": each.series},
            each.day,
            "learning:change-session",
            each.pk,
            each.series.place,
        )
        for each in unsaid
    ]


def find_unmet_languages(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the series with a session soon where nobody interprets a language asked for.

    For whoever prepares them, by their role or because they teach.
    """
    soon = (
        series_prepared_by(viewer)
        .filter(state=SeriesState.OPEN)
        .annotate(next=Min("sessions__day", filter=Q(sessions__day__gte=today())))
        .filter(next__lte=last + SOON)
        .select_related("workshop", "place")
    )
    return [
        Coming(
            ComingKind.DUE,
            _("Find an interpreter: %(languages)s, %(series)s")
            % {
                "languages": ", ".join(each.words for each in unmet),
                "series": series,
            },
            today(),
            "learning:show-needs",
            series.pk,
            series.place,
        )
        for series, needs in list_language_needs(soon)
        if (unmet := [each for each in needs if not each.is_met])
    ]


def find_learning(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the sessions in which somebody has a seat."""
    mine = (
        Session.objects.filter(
            day__range=(first, last),
            series__seats__person=viewer,
            series__seats__state=SeatState.COMING,
            series__in=series_seen_by(viewer).exclude(state=SeriesState.CALLED_OFF),
        )
        .exclude(facilitations__person=viewer)
        .select_related("series__workshop", "series__place")
    )
    return [meet(each, str(each.series)) for each in mine]


def meet(session: Session, words: str, bring: str = "") -> Coming:
    """Say that somebody goes to a session."""
    return Coming(
        ComingKind.MEETING,
        f"{words}, {session.where}" if session.where else words,
        session.day,
        "learning:show-series",
        session.series_id,
        session.series.place,
        session.starts,
        session.minutes,
        bring,
    )


def find_unanswered(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the invitations that somebody has not answered, to what begins soon."""
    asked = (
        Seat.objects.filter(
            person=viewer,
            state=SeatState.INVITED,
            series__state=SeriesState.OPEN,
            series__in=series_seen_by(viewer),
        )
        .select_related("series__workshop", "series__place")
        .annotate(begins=Min("series__sessions__day"))
    )
    return [
        Coming(
            ComingKind.DUE,
            _("Say whether you come: %(workshop)s") % {"workshop": each.series},
            min(each.begins, last),
            "learning:show-series",
            each.series_id,
            each.series.place,
        )
        for each in asked
        if each.begins is not None
    ]


def find_tries(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the tools that somebody chose to try and has not told about."""
    due = ToolChoice.objects.filter(person=viewer, tried="", ask_on__lte=last)
    return [
        Coming(
            ComingKind.PROMISED,
            _("Tried it? %(tool)s") % {"tool": each.tool},
            each.ask_on,
            "learning:tell-try",
            each.pk,
            each.series.place,
        )
        for each in due.select_related("tool", "series__place")
    ]


def find_reviews(viewer: Person, last: dt.date) -> list[Coming]:
    """Find the agreements that somebody's group looks at again."""
    leads = Q(proposed_by=viewer) | Q(series__sessions__facilitations__person=viewer)
    due = RoomAgreement.objects.filter(
        leads, series__in=rooms_of(viewer), ended=None, review__lte=last
    ).select_related("series__place")
    return [
        Coming(
            ComingKind.DUE,
            _("Is it working? %(agreement)s") % {"agreement": each.text},
            each.review,
            "learning:list-agreements",
            each.series_id,
            each.series.place,
        )
        for each in due.distinct()
        if each.review is not None
    ]


def find_repairs(viewer: Person, last: dt.date) -> list[Coming]:
    """Find where somebody asked for repair, for those who lead the room; no word of it."""
    leads = Facilitation.objects.filter(
        person=viewer, session__series=OuterRef("agreement__series")
    ).exclude(part=Part.OBSERVER)
    open_ones = RepairNote.objects.filter(
        Exists(leads),
        settled=None,
        on__lte=last,
        agreement__series__in=series_seen_by(viewer),
    ).select_related("agreement__series__workshop", "agreement__series__place")
    return [
        Coming(
            ComingKind.DUE,
            _("Somebody asks for repair: %(series)s")
            % {"series": each.agreement.series},
            each.on,
            "learning:list-agreements",
            each.agreement.series_id,
            each.agreement.series.place,
        )
        for each in open_ones
    ]
