"""A made-up year of workshops: 385 delivered hours, and the year before it.

Outside people lead most sessions in the first year and few in the second.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.learning.choices import (
    Audience,
    CheckInWay,
    Happened,
    Part,
    SeatState,
    SeriesState,
    Side,
    Standing,
    Tried,
    WordKind,
)
from commonroot.domain.learning.models import (
    Attendance,
    CircleWord,
    Facilitation,
    Interpreter,
    RoomAgreement,
    Seat,
    Series,
    Session,
    Tool,
    ToolChoice,
    Workshop,
    WorkshopName,
)
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.made_region import HOME, REGION, find_school_day
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

ROOTS = "Rooted Relationships: Growing Equitable Classroom Communities"
OTHER_NAME = "Rooted Relationships: Growing Equitable Learning Communities"
WORKSHOPS = (
    ("Data teams that look at the system", "How a team finds what makes days hard."),
    ("Calm and repair", "What adults do in the first minute, and afterwards."),
    ("Families as co-designers", "Meetings that families would come to again."),
)
TOOLS = ("The two-minute greeting", "A corner to calm down", "Three questions at noon")
TRIED = (
    "At the door it took longer than two minutes with thirty children. I greet half of "
    "them by name and the others the day after."
)
AUGUST = (dt.date(2025, 8, 19), dt.date(2025, 8, 20))
NEW, SEASONED = 20, 4
AUGUST_MINUTES = 390
# 62 pairs of 150 and 210 minutes and the two August days of 390 make 385 hours.
PAIRS, MINUTES = 62, (150, 210)
EARLIER_SESSIONS = 40
ROOM = 12
FIRST_NAMES = (
    "Abby", "Ben", "Cleo", "Dina", "Eli", "Fay", "Gil", "Hope", "Ira", "Jan", "Kai", "Lía",
    "Max", "Nia", "Oli", "Pam", "Quin", "Rae", "Sol", "Tess", "Uma", "Val", "Wes", "Xio",
)  # fmt: skip
FIRST = (dt.date(2023, 10, 9), dt.date(2023, 10, 10))
LEARNERS = ("Carla Benítez", "Dev Raman", "Ana Ruiz", "Grace Lund")
LAST_NAMES = ("Arroyo", "Beck", "Chavez", "Dunn", "Estrada", "Frost")
SAID = (
    (
        WordKind.LEARNING,
        "I greet each child at the door now. It is the cheapest thing I ever tried.",
        "a second-year teacher",
    ),
    (
        WordKind.APPRECIATION,
        "Thank you for saying that nobody had it right in their first year.",
        "a new colleague",
    ),
)


@dataclass(frozen=True)
class Teachers:
    """Who teaches: from outside, and the region's own."""

    outside: tuple[Person, ...]
    own: tuple[Person, ...]


@transaction.atomic
def make_learning() -> int:
    """Make workshops, two years of sessions and what was said; gives how many sessions."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or Workshop.objects.exists():
        return 0
    elena, farid, carla, dev = (
        Person.objects.get(name=name)
        for name in ("Elena Fox", "Farid Noori", "Carla Benítez", "Dev Raman")
    )
    teachers = Teachers((elena, farid), (carla, dev))
    roots = Workshop.objects.create(
        place=region,
        name=ROOTS,
        about="For new colleagues, with seasoned ones beside them.",
    )
    WorkshopName.objects.create(workshop=roots, name=OTHER_NAME)
    for name in TOOLS:
        Tool.objects.create(workshop=roots, name=name)
    others = [
        Workshop.objects.create(place=region, name=name, about=about)
        for name, about in WORKSHOPS
    ]
    schools = list(
        Place.objects.filter(
            kind=PlaceKind.SCHOOL, surroundings__around=region
        ).order_by("name")
    )
    august = make_august(roots, region, schools, elena, carla)
    sessions = 2 + make_year(
        others, schools, teachers, dt.date(2025, 9, 3), 2 * PAIRS, outside_of_ten=3
    )
    sessions += make_year(
        others,
        schools,
        teachers,
        dt.date(2024, 9, 4),
        EARLIER_SESSIONS,
        outside_of_ten=8,
    )
    say(august)
    sessions += make_first(roots, region, elena)
    sessions += make_coming(roots, region, carla, dev)
    record(by=SYSTEM, verb="add", kind="workshop", key=roots.pk, place=region)
    return sessions


def name_guest(number: int) -> str:
    """Name somebody who came and has no account."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    return f"{first} {LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]}"


def hold(day: dt.date) -> dt.datetime:
    """Give the moment at which a session of a day was said to be held."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(16)))


def make_first(roots: Workshop, region: Place, lead: Person) -> int:
    """Make the first workshop there was: those whom the demo lets one be came to learn."""
    series = Series.objects.create(workshop=roots, place=region, state=SeriesState.DONE)
    people = {each.name: each for each in Person.objects.filter(name__in=LEARNERS)}
    seats = Seat.objects.bulk_create(
        Seat(
            series=series,
            person=people[name],
            school=Place.objects.filter(
                kind=PlaceKind.SCHOOL, roles__person=people[name]
            ).first(),
            state=SeatState.COMING,
        )
        for name in LEARNERS
        if name in people
    )
    for day in FIRST:
        hold_whole_day(series, day, lead, None, [(seat, 0) for seat in seats])
    return len(FIRST)


def hold_whole_day(
    series: Series,
    day: dt.date,
    lead: Person,
    beside: Person | None,
    seats: Iterable[tuple[Seat, int]],
) -> None:
    """Hold one whole day in the library, for seats and how many minutes each missed of it."""
    session = Session.objects.create(
        series=series,
        day=day,
        starts=dt.time(8, 30),
        minutes=AUGUST_MINUTES,
        where=f"{HOME}, library",
        held=hold(day),
    )
    teach(session, lead, beside, Side.OUTSIDE)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            seat=seat,
            minutes=AUGUST_MINUTES - missed,
            is_whole=not missed,
            way=CheckInWay.LIST,
        )
        for seat, missed in seats
    )


def make_august(
    roots: Workshop, region: Place, schools: list[Place], lead: Person, own: Person
) -> Series:
    """Make the two days of August: 20 new and 4 seasoned people of three schools."""
    series = Series.objects.create(
        workshop=roots, place=region, state=SeriesState.DONE, capacity=NEW + SEASONED
    )
    seats = Seat.objects.bulk_create(
        Seat(
            series=series,
            guest=name_guest(number),
            school=schools[number % 3],
            state=SeatState.COMING,
            standing=Standing.NEW if number < NEW else Standing.SEASONED,
            food="Vegetarian" if number % 6 == 0 else "",
            language="Spanish" if number % 8 == 0 else "",
        )
        for number in range(NEW + SEASONED)
    )
    missing = [(seat, 0 if at % 9 else 60) for at, seat in enumerate(seats)]
    for day in AUGUST:
        hold_whole_day(series, day, lead, own, missing)
    RoomAgreement.objects.create(
        series=series,
        text="We speak of what we did, not of what they did.",
        proposed_by=own,
        proposed=AUGUST[0],
        adopted=AUGUST[0],
        review=AUGUST[1],
    )
    return series


def teach(session: Session, lead: Person, beside: Person | None, side: Side) -> None:
    """Let somebody lead a session, and somebody else of the region co-facilitate."""
    Facilitation.objects.create(session=session, person=lead, part=Part.LEAD, side=side)
    if beside is not None and beside != lead:
        Facilitation.objects.create(
            session=session, person=beside, part=Part.CO_FACILITATOR, side=Side.OWN
        )


def make_year(
    workshops: list[Workshop],
    schools: list[Place],
    teachers: Teachers,
    first: dt.date,
    count: int,
    *,
    outside_of_ten: int,
) -> int:
    """Make a year of sessions, a series for each school, with who led and who came."""
    seats: dict[object, list[Seat]] = {}
    series: dict[object, Series] = {}
    for at, school in enumerate(schools):
        made = Series.objects.create(
            workshop=workshops[at % len(workshops)],
            place=school,
            state=SeriesState.DONE,
        )
        series[school.pk] = made
        seats[school.pk] = Seat.objects.bulk_create(
            Seat(
                series=made,
                guest=name_guest(at * 7 + number),
                school=school,
                state=SeatState.COMING,
            )
            for number in range(ROOM)
        )
    attendances: list[Attendance] = []
    for number in range(count):
        school = schools[number % len(schools)]
        day = find_school_day(school, first + dt.timedelta(days=number * 260 // count))
        minutes = MINUTES[number % 2]
        session = Session.objects.create(
            series=series[school.pk],
            day=day,
            starts=dt.time(8 + number % 3 * 3, number % 60),
            minutes=minutes,
            where=school.name,
            held=hold(day),
        )
        is_outside = number * 7 % 10 < outside_of_ten
        people = teachers.outside if is_outside else teachers.own
        lead = people[number // 10 % len(people)]
        beside = teachers.own[number % 2] if number % 3 == 0 else None
        teach(session, lead, beside, Side.OUTSIDE if is_outside else Side.OWN)
        attendances += [
            Attendance(
                session=session,
                seat=seat,
                minutes=minutes if at % 5 else minutes - 30,
                is_whole=at % 5 != 0,
                way=CheckInWay.LIST,
            )
            for at, seat in enumerate(seats[school.pk])
            if (at + number) % 4
        ]
    Attendance.objects.bulk_create(attendances)
    return count


def say(august: Series) -> None:
    """Say what was said at the end of the August days, and what somebody chose to try."""
    for kind, text, said_as in SAID:
        word = CircleWord.objects.create(
            series=august,
            kind=kind,
            text=text,
            audience=Audience.OUTSIDE,
            said_as=said_as,
        )
        CircleWord.objects.filter(pk=word.pk).update(at=hold(AUGUST[1]))
    grace = Person.objects.filter(name="Grace Lund").first()
    if grace is not None:
        tool = Tool.objects.get(workshop=august.workshop, name=TOOLS[1])
        ToolChoice.objects.create(
            series=august,
            person=grace,
            tool=tool,
            chosen=today() - dt.timedelta(days=15),
            ask_on=today() - dt.timedelta(days=1),
        )
    ana = Person.objects.filter(name="Ana Ruiz").first()
    if ana is not None:
        told = AUGUST[1] + dt.timedelta(days=15)
        ToolChoice.objects.create(
            series=august,
            person=ana,
            tool=Tool.objects.get(workshop=august.workshop, name=TOOLS[0]),
            chosen=AUGUST[1],
            ask_on=told,
            asked=told,
            told=told,
            tried=Tried.YES,
            happened=Happened.MIXED,
            words=TRIED,
            shared=told,
            title=TOOLS[0],
            said_as="a fourth-grade teacher",
        )


def make_coming(roots: Workshop, region: Place, carla: Person, dev: Person) -> int:
    """Make a series that is open now, with a lead for its first day and none for its second."""
    series = Series.objects.create(
        workshop=roots,
        place=region,
        name=OTHER_NAME,
        state=SeriesState.OPEN,
        capacity=3,
    )
    Interpreter.objects.create(series=series, language="Spanish", who="Marisol Vega")
    first, second = (
        Session.objects.create(
            series=series,
            day=today() + dt.timedelta(days=days),
            starts=dt.time(15, 30),
            minutes=120,
            where="Cinder Basin Middle",
        )
        for days in (1, 15)
    )
    teach(first, carla, dev, Side.OWN)
    Facilitation.objects.create(
        session=second, person=dev, part=Part.CO_FACILITATOR, side=Side.OWN
    )
    for number, state in enumerate(
        (SeatState.COMING, SeatState.COMING, SeatState.COMING, SeatState.WAITING)
    ):
        Seat.objects.create(
            series=series,
            guest=name_guest(number + 40),
            state=state,
            standing=Standing.NEW,
            language=("Spanish", "Russian", "", "")[number],
            waited_since=timezone.now() if state == SeatState.WAITING else None,
        )
    return 2
