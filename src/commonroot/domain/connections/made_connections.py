"""Made-up connections: a directory, a round of August with its pairs, and one open now.

Every name is made up. The pairs are told here, so that every demo is alike; each is one
that the matching could have made.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.connections.choices import (
    Audience,
    Field,
    Helps,
    MatchState,
    Met,
    Prompt,
    RoundState,
    Standing,
    TagKind,
    Work,
)
from commonroot.domain.connections.matching import Found, Settled
from commonroot.domain.connections.models import (
    FollowUp,
    Match,
    Participant,
    Practice,
    Profile,
    ProfileTag,
    Question,
    Round,
)
from commonroot.domain.connections.pairing import Table, find_goes_first, write_lists
from commonroot.domain.network.actions import add_person, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.made_region import REGION
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

DOMAIN = "@connect.example"
AUGUST = "August 2026: new and seasoned"
NOW = "Midyear: somebody to ask"
NEW_SINCE, SEASONED_SINCE = dt.date(2026, 8, 1), dt.date(2017, 8, 1)
SETTLED = dt.datetime(2026, 8, 6, 9, 0, tzinfo=dt.UTC)
OWN_PRACTICE = "Seven-minute check-ins"


@dataclass(frozen=True)
class Made:
    """One made-up educator of the directory."""

    name: str
    school: str
    spans: tuple[str, ...]
    work: Work
    practices: tuple[str, ...]
    says: str
    speaks_spanish: bool = False
    capacity: int = 0


EARLY, LATE = ("pk-2", "3-5"), ("9-12",)
MIDDLE = ("6-8",)
CIRCLES, ROUTINES, CALM = "usual:circles", "usual:routines", "usual:calm"
FAMILIES, REPAIR, VOICE = "usual:families", "usual:repair", "usual:voice"
MULTI, INCLUSION = "usual:multilingual", "usual:inclusion"
WELCOME, WEEKS = "usual:welcome", "usual:first_weeks"
JUNIPER, LANTERN = "Juniper Flat Elementary", "Lantern Point High"
CINDER_MIDDLE, CINDER_HIGH = "Cinder Basin Middle", "Cinder Basin High"
ALDER, MADRONE = "Alder Ford Elementary", "Madrone Valley Middle"
PINON, WREN, SALT = "Piñon Ridge Elementary", "Wren Creek School", "Salt Marsh School"
SEASONED = (
    Made("Noor Haddad", LANTERN, LATE, Work.CLASS, (REPAIR, VOICE, CIRCLES),
         "How I open a class after a hard day", capacity=2),
    Made("Opal Brandt", JUNIPER, EARLY, Work.CLASS, (ROUTINES, WELCOME, WEEKS),
         "First weeks, minute by minute", capacity=3),
    Made("Teodoro Salas", CINDER_MIDDLE, MIDDLE, Work.CLASS, (CIRCLES, REPAIR, MULTI),
         "Círculos en español y en inglés", True, 3),
    Made("Gwen Achebe", MADRONE, MIDDLE, Work.SUPPORT, (CALM, FAMILIES, REPAIR),
         "Calling home with good news first", capacity=2),
    Made("Marisol Peña", PINON, EARLY, Work.CLASS, (FAMILIES, MULTI, CIRCLES),
         "Reuniones con familias que no hablan inglés", True, 3),
    Made("Arne Solberg", CINDER_HIGH, LATE, Work.SPECIAL, (INCLUSION, CALM, VOICE),
         "Co-teaching that is not one teaching and one watching", capacity=2),
    Made("Ruth Okimoto", WREN, (*EARLY, *MIDDLE), Work.AIDE, (CALM, WELCOME, ROUTINES),
         "Recess, lunch and the bus line", capacity=2),
    Made("Lupe Arroyo", SALT, (*EARLY, *MIDDLE), Work.CLASSIFIED, (WELCOME, FAMILIES),
         "What families tell us at the front desk", True, 2),
)  # fmt: skip
NEW = (
    Made("Grace Lund", JUNIPER, EARLY, Work.CLASS, (ROUTINES, CIRCLES, CALM),
         "What do you do in the last half hour of the day?"),
    Made("Imani Ford", JUNIPER, EARLY, Work.AIDE, (CALM, ROUTINES),
         "How to step in without taking over"),
    Made("Beto Quiroga", CINDER_MIDDLE, MIDDLE, Work.CLASS, (CIRCLES, MULTI),
         "Un círculo que no se sienta forzado", True),
    Made("Sanna Lind", CINDER_MIDDLE, MIDDLE, Work.SPECIAL, (INCLUSION, CALM),
         "Fitting my students’ plans into a busy room"),
    Made("Cyrus Adair", CINDER_HIGH, LATE, Work.CLASS, (VOICE, REPAIR),
         "Coming back after I lost my temper"),
    Made("Dalia Rocha", CINDER_HIGH, LATE, Work.CLASS, (MULTI, VOICE),
         "Grupos mezclados: ¿cómo los formas?", True),
    Made("Ewan Pruitt", ALDER, EARLY, Work.CLASS, (WEEKS, WELCOME),
         "My first week, hour by hour"),
    Made("Farah Siddiqi", ALDER, EARLY, Work.CLASS, (FAMILIES, CIRCLES),
         "First calls home"),
    Made("Gil Montaño", ALDER, EARLY, Work.AIDE, (CALM, WELCOME),
         "Recreo con sesenta niños y un adulto", True),
    Made("Hollis Grant", MADRONE, MIDDLE, Work.CLASS, (REPAIR, ROUTINES),
         "Phones"),
    Made("Inez Barrera", MADRONE, MIDDLE, Work.SUPPORT, (FAMILIES, REPAIR),
         "Hablar con una familia enojada", True),
    Made("Jory Winslow", MADRONE, MIDDLE, Work.CLASS, (CIRCLES, VOICE),
         "Starting circles with a class that says nothing"),
    Made("Kaya Redbird", PINON, EARLY, Work.CLASS, (WELCOME, FAMILIES),
         "Getting to know families before conferences"),
    Made("Leo Stanek", PINON, EARLY, Work.SPECIAL, (INCLUSION, ROUTINES),
         "Sharing a room"),
    Made("Maite Uribe", PINON, EARLY, Work.CLASS, (MULTI, CIRCLES),
         "Leer en dos idiomas", True),
    Made("Nico Fairbanks", WREN, MIDDLE, Work.CLASS, (ROUTINES, CALM),
         "The minute after lunch"),
    Made("Odette Crane", WREN, EARLY, Work.CLASS, (WEEKS, ROUTINES),
         "Planning on Sundays takes me all day"),
    Made("Perla Nuñez", SALT, EARLY, Work.CLASSIFIED, (WELCOME, FAMILIES),
         "Qué digo cuando alguien llega llorando", True),
    Made("Quentin Ross", SALT, MIDDLE, Work.CLASS, (REPAIR, CIRCLES),
         "When students do not want to talk it over"),
    Made("Rhea Castellan", LANTERN, LATE, Work.CLASS, (VOICE, REPAIR),
         "Letting students choose, without losing the week"),
)  # fmt: skip
# Hired in the autumn, after the round of August.
LATER = (
    Made("Sol Whitaker", CINDER_MIDDLE, MIDDLE, Work.CLASS, (CIRCLES, CALM),
         "Taking over a class in October"),
    Made("Tere Aguilar", PINON, EARLY, Work.AIDE, (CALM, MULTI),
         "Calmar sin gritar", True),
)  # fmt: skip
DECLINED = ("Cyrus Adair", "Noor Haddad")
WAITING = "Jory Winslow"
# Everybody new of August but one, who goes first in the next round.
PAIRS = {
    "Arne Solberg": ("Cyrus Adair", "Sanna Lind"),
    "Gwen Achebe": ("Hollis Grant", "Inez Barrera"),
    "Lupe Arroyo": ("Leo Stanek", "Perla Nuñez"),
    "Marisol Peña": ("Farah Siddiqi", "Kaya Redbird", "Maite Uribe"),
    "Noor Haddad": ("Jory Winslow", "Rhea Castellan"),
    "Opal Brandt": ("Grace Lund", "Imani Ford", "Odette Crane"),
    "Ruth Okimoto": ("Gil Montaño", "Nico Fairbanks"),
    "Teodoro Salas": ("Beto Quiroga", "Dalia Rocha", "Quentin Ross"),
}


@transaction.atomic
def make_connections() -> int:
    """Make the directory and two rounds; gives how many profiles, none if they are there."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or Profile.objects.exists():
        return 0
    Practice.objects.create(region=region, text=OWN_PRACTICE)
    people = {
        each.name: find_or_add(each, since)
        for made, since in (
            (SEASONED, SEASONED_SINCE),
            (NEW, NEW_SINCE),
            (LATER, NEW_SINCE),
        )
        for each in made
    }
    add_profiles(region, people)
    play_august(region, people)
    open_another(region, people)
    return len(people)


def find_or_add(made: Made, since: dt.date) -> Person:
    """Find one of the cast, or add somebody who works at a school."""
    known = Person.objects.filter(name=made.name, roles__place__name=made.school)
    if known.exists():
        return known[0]
    plain = made.name.lower().replace(" ", ".").replace("ñ", "n")
    person = add_person(
        by=SYSTEM,
        email=f"{plain}{DOMAIN}",
        name=made.name,
        language="es" if made.speaks_spanish else "",
    )
    give_role(
        by=SYSTEM,
        person=person,
        kind=RoleKind.EDUCATOR,
        place=Place.objects.get(kind=PlaceKind.SCHOOL, name=made.school),
        first=min(since, today()),
    )
    return person


def add_profiles(region: Place, people: dict[str, Person]) -> None:
    """Add everybody's profile, with audiences as people choose them: not all alike."""
    schools = {
        each.name: each
        for each in Place.objects.filter(kind=PlaceKind.SCHOOL).select_related("above")
    }
    made = (*SEASONED, *NEW, *LATER)
    profiles = [
        write_profile(each, number, people[each.name], schools[each.school], region)
        for number, each in enumerate(made)
    ]
    Profile.objects.bulk_create(profiles)
    ProfileTag.objects.bulk_create(
        ProfileTag(profile=profile, kind=kind, value=value)
        for number, (each, profile) in enumerate(zip(made, profiles, strict=True))
        for kind, values in list_tags(each, number).items()
        for value in values
    )
    for profile in profiles:
        record(
            by=SYSTEM, verb="join", kind="profile", key=profile.pk, place=profile.place
        )


def write_profile(
    made: Made, number: int, person: Person, school: Place, region: Place
) -> Profile:
    """Write one profile; every third keeps its hours to matches, every fifth its place."""
    wide, near = Audience.NETWORK, Audience.DISTRICT
    audiences = dict.fromkeys(Field, wide)
    audiences[Field.HOURS] = Audience.MATCHES if number % 3 == 0 else near
    audiences[Field.PLACE] = near if number % 5 == 0 else wide
    audiences[Field.LANGUAGES] = Audience.MATCHES if number % 7 == 3 else wide
    return Profile(
        person=person,
        place=school,
        school=school,
        district=school.above,
        network=region.above or region,
        offer=made.says if made.capacity else "",
        ask="" if made.capacity else made.says,
        work=made.work,
        reach="Text me after four" if number % 4 == 1 else "",
        **{f"{field}_to": audience for field, audience in audiences.items()},
    )


def list_tags(made: Made, number: int) -> dict[TagKind, tuple[str, ...]]:
    """List the choices of one profile."""
    hours = (("lunch", "after"), ("after",), ("before", "after"), ("evening", "after"))
    own = (OWN_PRACTICE,) if number % 6 == 1 else ()
    return {
        TagKind.PRACTICES: (*made.practices, *own),
        TagKind.GRADE_SPANS: made.spans,
        TagKind.LANGUAGES: ("en", "es") if made.speaks_spanish else ("en",),
        TagKind.HOURS: hours[number % 4],
    }


def add_participants(
    around: Round, people: dict[str, Person], made: tuple[Made, ...], joined: dt.date
) -> None:
    """Let people join a round."""
    Participant.objects.bulk_create(
        Participant(
            round=around,
            person=people[each.name],
            standing=Standing.SEASONED if each.capacity else Standing.NEW,
            capacity=each.capacity or 1,
            only_near=each.name in {"Imani Ford", "Ewan Pruitt"},
            only_language="es" if each.name in {"Beto Quiroga", "Maite Uribe"} else "",
            goes_first=not each.capacity
            and find_goes_first(people[each.name], Standing.NEW),
            joined=joined,
        )
        for each in made
    )


def play_august(region: Place, people: dict[str, Person]) -> None:
    """Play the round of August: pairs that met, one that did not come about, one left."""
    joined, day = dt.date(2026, 7, 28), SETTLED.date()
    around = Round.objects.create(
        place=region,
        name=AUGUST,
        state=RoundState.OPEN,
        join_by=dt.date(2026, 7, 31),
        strike_by=dt.date(2026, 8, 5),
        first=dt.date(2026, 7, 20),
        last=dt.date(2027, 6, 11),
        ask_first=dt.date(2026, 8, 14),
        ask_second=dt.date(2026, 10, 15),
        opened_by=Person.objects.filter(name="Elena Fox").first(),
    )
    add_participants(around, people, (*SEASONED, *NEW), joined)
    new, seasoned = (people[name] for name in DECLINED)
    Match.objects.create(
        round=around, new=new, seasoned=seasoned, state=MatchState.DECLINED,
        made=day, ended=day + dt.timedelta(days=2),
    )  # fmt: skip
    write_lists(around)
    around.state, around.settled = RoundState.SETTLED, SETTLED
    around.save(update_fields=["state", "settled"])
    pairs = tuple(
        Found(str(people[name].pk), str(people[key].pk))
        for key, names in PAIRS.items()
        for name in names
    )
    matches = Table(around).make_matches(Settled(pairs, (), ()))
    matched = [each.new for each in matches] + [each.seasoned for each in matches]
    Participant.objects.filter(round=around).exclude(person__in=matched).update(
        told_unmatched=day
    )
    Match.objects.filter(pk__in=[each.pk for each in matches]).update(made=day)
    record(by=SYSTEM, verb="settle", kind="round", key=around.pk, place=region)
    answer(people, matches, day)


def answer(people: dict[str, Person], matches: list[Match], day: dt.date) -> None:
    """Let both say yes, and most say how it goes; one of Noor's still waits for her."""
    (waiting,) = (each for each in matches if each.new_id == people[WAITING].pk)
    yes = [each.pk for each in matches if each is not waiting]
    Match.objects.filter(pk__in=yes).update(
        state=MatchState.CONFIRMED,
        new_said_yes=day + dt.timedelta(days=1),
        seasoned_said_yes=day + dt.timedelta(days=3),
        asked_first=dt.date(2026, 8, 14),
        asked_second=dt.date(2026, 10, 15),
    )
    Match.objects.filter(pk=waiting.pk).update(
        made=today() - dt.timedelta(days=3), new_said_yes=today()
    )
    Question.objects.create(
        match=waiting, by=waiting.new, text="Could we meet on a Tuesday?"
    )
    FollowUp.objects.bulk_create(
        FollowUp(match=match, person=person, prompt=prompt, met=met, helps=helps, on=on)
        for number, match in enumerate(matches)
        if match is not waiting
        for person in (match.new, match.seasoned)
        for prompt, met, helps, on in list_answers(number)
        if person.name != "Grace Lund" or prompt == Prompt.BEFORE_SCHOOL
    )
    grace = people["Grace Lund"]
    Match.objects.filter(new=grace, state=MatchState.CONFIRMED).update(
        meets_on=today() + dt.timedelta(days=2), meets_at=dt.time(15, 30)
    )


def list_answers(number: int) -> list[tuple[Prompt, Met, str, dt.date]]:
    """List what the two of a match said in August and in October."""
    helps = list(Helps)[number % len(Helps)]
    early = Met.YES if number % 3 else Met.PLANNED
    return [
        (Prompt.BEFORE_SCHOOL, early, "", dt.date(2026, 8, 16)),
        (Prompt.FIRST_MONTH, Met.YES, helps.value, dt.date(2026, 10, 17)),
    ]


def open_another(region: Place, people: dict[str, Person]) -> None:
    """Open a round for now, in which whoever was left in August goes first."""
    now = today()
    around = Round.objects.create(
        place=region,
        name=NOW,
        join_by=now + dt.timedelta(days=8),
        strike_by=now + dt.timedelta(days=12),
        first=now - dt.timedelta(days=6),
        last=now + dt.timedelta(days=200),
        ask_first=now + dt.timedelta(days=36),
        ask_second=now + dt.timedelta(days=92),
        opened_by=Person.objects.filter(name="Elena Fox").first(),
    )
    unmatched = Participant.objects.filter(
        round__name=AUGUST, standing=Standing.NEW, told_unmatched__isnull=False
    ).values_list("person__name", flat=True)
    again = tuple(each for each in NEW if each.name in set(unmatched))
    add_participants(
        around, people, (*again, *LATER, *SEASONED[2:4]), timezone.localdate()
    )
    record(by=SYSTEM, verb="open", kind="round", key=around.pk, place=region)
