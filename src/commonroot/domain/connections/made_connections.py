"""Made-up connections: a settled round of August 2026, and one that is open now."""

import datetime as dt

from django.db import transaction

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.connections.actions import describe, find_lines
from commonroot.domain.connections.choices import (
    FIELDS,
    Audience,
    Hours,
    MatchState,
    Met,
    Moment,
    RoundState,
    Side,
    Span,
)
from commonroot.domain.connections.matching import match
from commonroot.domain.connections.models import (
    FollowUp,
    Joining,
    Match,
    Practice,
    Profile,
    Round,
)
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.made_region import HOME, REGION
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.sight import today

PRACTICES = (
    "Class meetings",
    "Calm corners",
    "Calling home first",
    "Circles after recess",
    "Restorative conversations",
    "Routines for coming in",
)
OFFERS = (
    "I can show how we begin the day, and share the songs.",
    "Come and see my calm corner; take what you like.",
    "I call families in the first week. I can sit with you when you do.",
    "I tried circles for three years, and can say what did not work.",
)
ASKS = (
    "How do you get through the week before a break?",
    "How do you begin after lunch?",
    "Whom do you ask when a day was hard?",
    "How do you talk with a family when you do not speak their language?",
)
SETTLED = dt.date(2026, 8, 10)


@transaction.atomic
def make_connections() -> int:
    """Make profiles of educators who are there, and two rounds; gives how many profiles."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or Profile.objects.exists():
        return 0
    practices = [
        Practice.objects.create(region=region, text=text) for text in PRACTICES
    ]
    people = list_educators(region)
    for number, (person, school) in enumerate(people):
        add_profile(number, person, school, practices)
    make_settled(region, [person for person, _school in people])
    open_round = Round.objects.create(
        place=region,
        name="Winter: somebody to ask",
        closes=today() + dt.timedelta(days=14),
    )
    for number, (person, _school) in enumerate(people[:6]):
        side = Side.SEASONED if number % 3 == 0 else Side.NEW
        Joining.objects.create(round=open_round, person=person, side=side)
    record(by=SYSTEM, verb="add", kind="round", key=open_round.pk, place=region)
    return len(people)


def list_educators(region: Place) -> list[tuple[Person, Place]]:
    """List the educators of the region's schools, the cast's school first."""
    roles = (
        Role.objects.filter(
            kind=RoleKind.EDUCATOR,
            last=None,
            place__kind=PlaceKind.SCHOOL,
            place__surroundings__around=region,
        )
        .select_related("person", "place")
        .order_by("person__name")
    )
    found = list({role.person: role.place for role in roles}.items())
    return sorted(found, key=lambda pair: pair[1].name != HOME)


def add_profile(
    number: int, person: Person, school: Place, practices: list[Practice]
) -> None:
    """Add one profile; every third is open to the whole network."""
    audiences = (Audience.NETWORK, Audience.DISTRICT, Audience.MATCHES)
    profile = Profile.objects.create(
        person=person,
        school=school,
        offers=OFFERS[number % len(OFFERS)],
        asks=ASKS[number % len(ASKS)],
        spans=[list(Span)[number % 4].value],
        languages="English, Spanish" if number % 3 == 0 else "English",
        hours=[list(Hours)[number % 4].value, Hours.AFTER.value],
        contact=person.email,
        audiences=dict.fromkeys(FIELDS, audiences[number % 3].value),
    )
    profile.practices.set(practices[number % 6 : number % 6 + 2])


def make_settled(region: Place, people: list[Person]) -> None:
    """Make the round of August: most said yes, one declined, and one found nobody."""
    made = Round.objects.create(
        place=region,
        name="August: new and seasoned",
        closes=SETTLED,
        state=RoundState.SETTLED,
        settled=SETTLED,
    )
    joinings = [
        Joining.objects.create(
            round=made,
            person=person,
            side=Side.SEASONED if number % 3 == 1 else Side.NEW,
            capacity=2,
        )
        for number, person in enumerate(people)
    ]
    lines = find_lines([each.person_id for each in joinings])
    news = [describe(each, lines) for each in joinings if each.side == Side.NEW]
    others = [describe(each, lines) for each in joinings if each.side == Side.SEASONED]
    for number, ((new, seasoned), reasons) in enumerate(
        match(news[:-1], others).pairs.items()
    ):
        declined = number == 1
        pair = Match.objects.create(
            round=made,
            new_id=new,
            seasoned_id=seasoned,
            reasons=[reason.value for reason in reasons],
            state=MatchState.DECLINED if declined else MatchState.CONFIRMED,
            new_said=True,
            seasoned_said=not declined,
            confirmed=None if declined else SETTLED,
        )
        if not declined:
            add_follow_ups(pair, number)


def add_follow_ups(pair: Match, number: int) -> None:
    """Add what both were asked: most have met, some have not answered yet."""
    for moment, day in (
        (Moment.BEFORE_SCHOOL, dt.date(2026, 8, 15)),
        (Moment.HARD_MONTH, dt.date(2026, 10, 15)),
    ):
        for person in (pair.new, pair.seasoned):
            late = moment == Moment.HARD_MONTH and number % 2 == 0
            FollowUp.objects.create(
                match=pair,
                person=person,
                moment=moment,
                asked=day,
                met="" if late else Met.YES,
                helps="" if late else "Twenty minutes on Tuesdays.",
            )
