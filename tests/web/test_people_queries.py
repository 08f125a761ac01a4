"""No page of learning, visits, convenings or the year asks more often when there is more."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.coaching import actions as coaching
from commonroot.domain.coaching.choices import Part as VisitPart
from commonroot.domain.connections.models import Profile
from commonroot.domain.convenings import actions as convenings
from commonroot.domain.convenings.choices import GuestKind
from commonroot.domain.convenings.models import Convening, Guest, Plan, Words
from commonroot.domain.highlights import actions as highlights
from commonroot.domain.learning.models import (
    Attendance,
    CircleWord,
    Facilitation,
    RoomAgreement,
    Seat,
    Series,
    Session,
    Tool,
    ToolChoice,
    Workshop,
)
from commonroot.domain.network.actions import add_person, add_place, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.sight import today
from web.test_queries import count_queries

FEW, MANY = 3, 18
YEAR = "2025-26"
PAST, SOON = dt.date(2025, 10, 1), dt.timedelta(days=3)


def add_workshops(cast, school, person, each):
    """Add a workshop of its own, and to the one of all a session, a seat, words, a tool."""
    own = Workshop.objects.create(place=cast.North, name=f"Own {each}")
    Series.objects.create(workshop=own, place=cast.North, state="open")
    workshop, _made = Workshop.objects.get_or_create(place=cast.North, name="Roots")
    tool = Tool.objects.create(workshop=workshop, name=f"T{each}")
    series, _made = Series.objects.get_or_create(
        workshop=workshop, place=cast.North, defaults={"state": "open"}
    )
    for day, held in (
        (PAST + dt.timedelta(days=each), timezone.now()),
        (today() + SOON + dt.timedelta(days=each % 4), None),
    ):
        session = Session.objects.create(
            series=series, day=day, starts=dt.time(each), minutes=90, held=held
        )
        Facilitation.objects.create(
            session=session, person=cast.Carla, part="lead", side="own"
        )
        Facilitation.objects.create(
            session=session, person=person, part="co_facilitator", side="own"
        )
    for who in (person, cast.Grace):
        seat, _made = Seat.objects.get_or_create(
            series=series,
            person=who,
            defaults={"school": school, "state": "coming", "language": f"L{each}"},
        )
        held = series.sessions.filter(held__isnull=False).last()
        Attendance.objects.create(session=held, seat=seat, minutes=90, way="list")
    RoomAgreement.objects.create(
        series=series, text=f"A{each}", proposed_by=cast.Carla, proposed=PAST
    )
    CircleWord.objects.create(
        series=series, person=person, kind="learning", text=f"W{each}",
        audience="outside",
    )  # fmt: skip
    ToolChoice.objects.create(
        series=series, person=cast.Grace, tool=tool, chosen=PAST, ask_on=PAST,
        tried="yes", happened="worked", shared=PAST, title=f"S{each}",
    )  # fmt: skip


def add_visits(cast, school, person):
    """Add a visit that was held, with words, and one to come."""
    told = {"by": cast.Carla, "coach": cast.Carla}
    for teacher, place in ((person, school), (cast.Grace, cast.Oak)):
        made = coaching.ask_visit(**told, teacher=teacher, school=place, day=today())
        coaching.answer_visit(by=teacher, visit=made, agrees=True)
        coaching.hold_visit(by=cast.Carla, visit=made)
        coaching.add_note(
            by=cast.Carla, visit=made, part=VisitPart.SEEN, words="Seen",
            key=uuid.uuid4(),
        )  # fmt: skip
        coaching.ask_visit(**told, teacher=teacher, school=place, day=today() + SOON)


def add_convening_things(cast, school, person, each):
    """Add a team to the convening, with a guest, words and a plan."""
    convening = Convening.objects.filter(place=cast.Region).first()
    if convening is None:
        convening = convenings.begin_convening(
            by=cast.Elena, place=cast.Region, name="Spring", day=today() + SOON
        )
    convenings.invite_schools(
        by=cast.Elena, convening=convening, schools=[school.pk, cast.Oak.pk]
    )
    for place in (school, cast.Oak):
        team = convening.teams.get(school=place)
        Guest.objects.create(team=team, name=f"G{each}", kind=GuestKind.EDUCATOR)
        Plan.objects.create(
            team=team, aim=f"A{each}", first_step="Ask", owner=person,
            by_when=today() + 2 * SOON, is_shared=True,
        )  # fmt: skip
        Words.objects.create(
            convening=convening, team=team, by=person, kind="shift", text=f"S{each}",
            audience="network",
        )  # fmt: skip


def add_things(cast, first, last):
    for each in range(first, last):
        school = add_place(
            by=SYSTEM, kind=PlaceKind.SCHOOL, name=f"S{each}", above=cast.North
        )
        person = add_person(
            by=SYSTEM, email=f"{uuid.uuid4()}@example.org", name=f"P{each}"
        )
        give_role(by=SYSTEM, person=person, kind=RoleKind.EDUCATOR, place=school)
        Profile.objects.create(
            person=person,
            place=school,
            school=school,
            district=cast.North,
            network=cast.Region,
            offer="Ask me",
            ask="Show me",
        )
        add_workshops(cast, school, person, each)
        add_visits(cast, school, person)
        add_convening_things(cast, school, person, each)
        highlights.begin_page(by=cast.Elena, place=school, school_year=YEAR)


def list_pages(cast):
    """List who looks at which page with a list on it."""
    series = Series.objects.get(workshop__name="Roots").pk
    session = Session.objects.filter(series=series).first().pk
    convening = Convening.objects.get(place=cast.Region).pk
    team = Convening.objects.get().teams.get(school=cast.Oak).pk
    page = highlights.begin_page(by=cast.Elena, place=cast.Region, school_year=YEAR).pk

    def learn(name, *keys):
        return reverse(f"learning:{name}", args=keys)

    return {
        "week": (cast.Carla, reverse("week:show-week")),
        "week of a teacher": (cast.Grace, reverse("week:show-week")),
        "workshops": (cast.Grace, learn("list-workshops")),
        "learning": (cast.Grace, learn("list-learning")),
        "series": (cast.Grace, learn("show-series", series)),
        "preparing": (cast.Carla, learn("prepare-series", series)),
        "roster": (cast.Carla, learn("show-roster", series)),
        "choosing": (cast.Ben, learn("choose-colleagues", series)),
        "needs": (cast.Carla, learn("show-needs", series)),
        "check-in": (cast.Carla, learn("check-in", session)),
        "agreements": (cast.Carla, learn("list-agreements", series)),
        "circle": (cast.Carla, learn("show-circle", series)),
        "own hours": (cast.Grace, learn("show-record")),
        "hours": (cast.Elena, learn("show-hours", cast.Region.pk)),
        "tries": (cast.Ana, learn("list-tries")),
        "stories": (cast.Ana, reverse("teams:list-stories")),
        "visits": (cast.Carla, reverse("coaching:list-visits")),
        "visits as a table": (cast.Carla, reverse("coaching:export-visits")),
        "counts of visits": (cast.Elena, reverse("coaching:list-counts")),
        "convening": (cast.Ana, reverse("convenings:show-convening", args=[convening])),
        "preparing it": (cast.Elena, reverse("convenings:prepare", args=[convening])),
        "team": (cast.Ana, reverse("convenings:show-team", args=[team])),
        "people": (cast.Grace, reverse("connections:search-directory")),
        "years": (cast.Elena, reverse("highlights:list-years")),
        "year": (cast.Elena, reverse("highlights:show-year", args=[page])),
        "making": (cast.Elena, reverse("highlights:make-year", args=[page])),
        "number": (
            cast.Elena,
            reverse("highlights:open-number", args=[page, "visits"]),
        ),
    }


@pytest.mark.slow
def test_eighteen_of_everything_take_no_more_queries_than_three(cast, browse):
    add_things(cast, 0, FEW)
    few = {
        name: count_queries(browse, *page) for name, page in list_pages(cast).items()
    }
    add_things(cast, FEW, MANY)
    many = {
        name: count_queries(browse, *page) for name, page in list_pages(cast).items()
    }
    more = {name: (few[name], many[name]) for name in few if many[name] > few[name]}

    assert more == {}
    assert max(many.values()) < 70
