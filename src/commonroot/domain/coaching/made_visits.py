"""A made-up year of visits: 105 held in eleven schools, and some that come now."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.coaching.choices import Part, VisitState
from commonroot.domain.coaching.models import Pair, Visit, VisitNote
from commonroot.domain.coaching.words import seal_note
from commonroot.domain.network.actions import add_person, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.made_region import HIRED, HOME, REGION, find_school_day
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

HELD = 105
FIRST = dt.date(2025, 9, 8)
DOMAIN = "@teaches.example"
TEACHERS = (
    ("Grace Lund", "Paz Quiroga"),
    ("Ike Sander", "Lola Fuentes"),
    ("Mei Tanaka", "Rob Castell"),
    ("Alma Rivas", "Jude Farrow"),
    ("Nico Bauer", "Sara Whitt"),
    ("Tala Greene", "Emil Kaya"),
    ("Rosa Prieto", "Dean Holt"),
    ("Uma Pillai", "Carl Engel"),
    ("Leo Marsh", "Ida Torres"),
    ("Flor Jimenez", "Hank Doyle"),
    ("Vi Nguyen", "Otis Crane"),
)
WORDS = (
    (
        Part.FOCUS,
        "teacher",
        "Transitions. Coming in from recess takes ten minutes, and I raise my voice.",
    ),
    (
        Part.SEEN,
        "coach",
        "The bell rang at 10:15 and the last child sat at 10:24. You greeted six by name.",
    ),
    (
        Part.TALK,
        "coach",
        "We wondered what the children wait for. You said that they do not know what comes.",
    ),
    (
        Part.NEXT_STEP,
        "teacher",
        "I write the first task on the board before they come in, for two weeks.",
    ),
)


@transaction.atomic
def make_visits() -> int:
    """Make teachers, coaches' visits to them, and the words of some; gives how many visits."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or Visit.objects.exists():
        return 0
    schools = list(
        Place.objects.filter(
            kind=PlaceKind.SCHOOL, surroundings__around=region
        ).order_by("name")
    )
    schools.sort(key=lambda school: school.name != HOME)
    teachers = [
        [find_or_add(name, school) for name in names]
        for school, names in zip(schools, TEACHERS, strict=False)
    ]
    carla, dev, elena = (
        Person.objects.get(name=name)
        for name in ("Carla Benítez", "Dev Raman", "Elena Fox")
    )
    home_district = schools[0].above_id
    visits = []
    for number in range(HELD):
        at = number % len(schools)
        own = (
            (carla, carla, dev)
            if schools[at].above_id == home_district
            else (dev, dev, elena)
        )
        coach = own[number // len(schools) % 3]
        teacher = teachers[at][number // len(schools) % 2]
        visits.append(plan(number, coach, teacher, schools[at], VisitState.HELD))
    visits += plan_now(carla, teachers[0], schools[0])
    pairs = {}
    for visit, coach, teacher in visits:
        key = (coach.pk, teacher.pk)
        if key not in pairs:
            pairs[key] = Pair.objects.create(coach=coach, teacher=teacher)
        visit.pair = pairs[key]
    Visit.objects.bulk_create(visit for visit, _coach, _teacher in visits)
    write_words(visits)
    record(by=SYSTEM, verb="add", kind="visit", key=region.pk, place=region)
    return len(visits)


def find_or_add(name: str, school: Place) -> Person:
    """Find a person of the cast, or add a teacher."""
    known = Person.objects.filter(name=name).first()
    if known is not None:
        return known
    email = f"{name.lower().replace(' ', '.')}{DOMAIN}"
    person = add_person(by=SYSTEM, email=email, name=name)
    give_role(
        by=SYSTEM, person=person, kind=RoleKind.EDUCATOR, place=school, first=HIRED
    )
    return person


def plan(
    number: int, coach: Person, teacher: Person, school: Place, state: VisitState
) -> tuple[Visit, Person, Person]:
    """Plan one visit of the year: two or three a week, on school days, until June."""
    day = find_school_day(school, FIRST + dt.timedelta(days=number * 260 // HELD))
    visit = Visit(
        school=school,
        day=day,
        starts=dt.time(8 + number % 6, 15 * (number % 4)),
        state=state,
        asked_by=teacher,
    )
    return visit, coach, teacher


def plan_now(
    coach: Person, teachers: list[Person], school: Place
) -> list[tuple[Visit, Person, Person]]:
    """Plan what comes now: an agreed visit, and one that waits for an answer."""
    grace, other = teachers
    agreed = Visit(
        school=school,
        day=next_weekday(today()),
        starts=dt.time(10, 15),
        state=VisitState.AGREED,
        asked_by=grace,
    )
    asked = Visit(
        school=school,
        day=next_weekday(today() + dt.timedelta(days=6)),
        state=VisitState.ASKED,
        asked_by=coach,
    )
    return [(agreed, coach, grace), (asked, coach, other)]


def next_weekday(day: dt.date) -> dt.date:
    """Give the first weekday after a day."""
    found = day + dt.timedelta(days=1)
    return found + dt.timedelta(days=(0, 0, 0, 0, 0, 2, 1)[found.weekday()])


def write_words(visits: list[tuple[Visit, Person, Person]]) -> None:
    """Write the words of Grace's visits; those of others are theirs to imagine."""
    notes = []
    for visit, coach, teacher in visits:
        if teacher.name != "Grace Lund" or visit.state == VisitState.ASKED:
            continue
        parts = WORDS if visit.state == VisitState.HELD else WORDS[:1]
        for part, whose, words in parts:
            key = uuid.uuid4()
            notes.append(
                VisitNote(
                    pk=key,
                    visit=visit,
                    part=part,
                    by=teacher if whose == "teacher" else coach,
                    at=timezone.now(),
                    sealed=seal_note(visit, key, part, words),
                )
            )
    VisitNote.objects.bulk_create(notes)
