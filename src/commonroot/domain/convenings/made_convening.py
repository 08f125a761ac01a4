"""A made-up convening of May 2026, and the next one in preparation."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.convenings.actions import tell_parts
from commonroot.domain.convenings.choices import (
    AgendaKind,
    Answer,
    Audience,
    GuestKind,
    Listed,
    Outcome,
    ThanksFor,
    WordsKind,
)
from commonroot.domain.convenings.models import (
    AgendaPart,
    Convening,
    ConveningAgreement,
    Guest,
    MadeConnection,
    Naming,
    Plan,
    Question,
    SchoolTeam,
    Thanks,
    Thought,
    Words,
)
from commonroot.domain.convenings.table_actions import (
    SEATED,
    list_to_seat,
    seat_consultancy,
    seat_round,
)
from commonroot.domain.network.choices import GroupKind, MemberKind, PlaceKind
from commonroot.domain.network.made_region import REGION
from commonroot.domain.network.models import Group, Person, Place
from commonroot.domain.network.sight import today

DAY, NEXT = dt.date(2026, 5, 16), dt.date(2027, 5, 15)
EDUCATORS = 25
EDUCATOR_KINDS = (
    MemberKind.LICENSED,
    MemberKind.CLASSIFIED,
    MemberKind.ADMINISTRATOR,
)
# Colleagues who came with their teams and have no account here.
COLLEAGUES = ("Joy Amsel",)
AGENDA = (
    (AgendaKind.TEAM_TIME, "Welcome, and what we agree on", dt.time(8, 30), 45, "Gym"),
    (AgendaKind.STORIES, "Each school tells its year", dt.time(9, 15), 90, "Gym"),
    (
        AgendaKind.CONSULTANCY,
        "One question of one school",
        dt.time(10, 45),
        60,
        "Library",
    ),
    (AgendaKind.MEAL, "", dt.time(11, 45), 60, "Cafeteria"),
    (AgendaKind.CONNECTION, "Find somebody to write to", dt.time(12, 45), 45, "Gym"),
    (AgendaKind.TEAM_TIME, "What we plan next", dt.time(13, 30), 60, "Classrooms"),
    (AgendaKind.CIRCLE, "", dt.time(14, 30), 30, "Gym"),
)
AGREEMENTS = ("Dream Big", "Thrive in Your Stretch Zone")
QUOTES = (
    (
        WordsKind.SHIFT,
        "We used to ask what is wrong with him. Now we ask what our lunch line asks of him.",
        "a classroom teacher",
    ),
    (
        WordsKind.REFLECTION,
        "I came as a bus driver and was asked what I see. That was new.",
        "a bus driver",
    ),
    (
        WordsKind.SHIFT,
        "Students drew the map of our hallway. We had the wrong map.",
        "an assistant principal",
    ),
)
PLANS = (
    (
        "Recess with three taught games",
        "Ask the fourth grade which games",
        "2026-09-11",
    ),
    ("Two more bells, so that nobody runs", "Try it for three weeks", "2026-10-02"),
    ("Seats on the bus that children choose", "Ask both drivers first", "2026-12-04"),
    ("Families at the table in Spanish", "Find an interpreter", "2026-12-11"),
)


QUESTIONS = (
    (
        "Why do the ten minutes before second lunch go wrong, and what do yours look like?",
        "Two more adults at the door. It moved to the stairs.",
    ),
    ("How do you ask families without a letter that nobody has time for?", ""),
    (
        "What does your bus line do on rainy days?",
        "We opened the gym; drivers were not told.",
    ),
)
THOUGHTS = (
    "We let the first table leave as soon as it is ready. Nobody waits in a line now.",
    "Ask at pick-up, one question a week, in two languages.",
    "Our drivers chose the order of the buses themselves.",
)


@transaction.atomic
def make_convenings() -> int:
    """Make the convening that was and the one that comes; gives how many there are."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or Convening.objects.exists():
        return 0
    groups = list(
        Group.objects.filter(
            kind=GroupKind.DATA_TEAM, place__surroundings__around=region
        )
        .select_related("place")
        .order_by("place__name")
    )
    held = Convening.objects.create(
        place=region,
        name="Spring convening 2026",
        day=DAY,
        starts=dt.time(8, 30),
        where="Cinder Basin Middle",
        version=2,
        changed="The circle begins at half past two.",
    )
    AgendaPart.objects.bulk_create(
        AgendaPart(
            convening=held,
            kind=kind,
            title=title,
            starts=at,
            minutes=minutes,
            room=room,
        )
        for kind, title, at, minutes, room in AGENDA
    )
    held.published_parts = tell_parts(held)
    held.save(update_fields=["published_parts"])
    ConveningAgreement.objects.bulk_create(
        ConveningAgreement(convening=held, text=text, agreed=DAY, review=NEXT)
        for text in AGREEMENTS
    )
    teams = [
        SchoolTeam.objects.create(
            convening=held, school=group.place, answer=Answer.COMING
        )
        for group in groups
    ]
    seat(teams, groups)
    lay_tables(held, teams)
    write(held, teams, groups)
    coming = Convening.objects.create(
        place=region,
        name="Spring convening 2027",
        day=NEXT,
        starts=dt.time(8, 30),
        follows=held,
    )
    for team in teams:
        SchoolTeam.objects.create(convening=coming, school=team.school)
    record(by=SYSTEM, verb="begin", kind="convening", key=held.pk, place=region)
    return 2


def seat(teams: list[SchoolTeam], groups: list[Group]) -> None:
    """Seat the members of each team, a student each, and colleagues up to 25 educators."""
    came = timezone.make_aware(dt.datetime.combine(DAY, dt.time(8, 40)))
    guests: list[Guest] = []
    for team, group in zip(teams, groups, strict=True):
        for member in group.memberships.filter(last=None).select_related("person"):
            kind = (
                GuestKind.LEADER
                if member.member_kind == MemberKind.ADMINISTRATOR
                else GuestKind.EDUCATOR
                if member.member_kind in EDUCATOR_KINDS
                else GuestKind.CAREGIVER
            )
            guests.append(
                Guest(
                    team=team,
                    person=member.person,
                    name=member.person.name,
                    kind=kind,
                    food="Vegetarian" if len(guests) % 5 == 0 else "",
                    language="Spanish" if len(guests) % 7 == 0 else "",
                    listed=Listed.EVERYBODY if len(guests) % 2 == 0 else Listed.TEAM,
                    came=came,
                )
            )
    own = [
        each for each in guests if each.kind in (GuestKind.EDUCATOR, GuestKind.LEADER)
    ]
    for number, name in enumerate(COLLEAGUES[: EDUCATORS - len(own)]):
        guests.append(
            Guest(
                team=teams[number % len(teams)],
                name=name,
                kind=GuestKind.EDUCATOR,
                came=came,
            )
        )
    for team, name in zip(teams, ("Mia", "Leo", "Zoe", "Ari"), strict=False):
        guests.append(
            Guest(
                team=team,
                name=name,
                kind=GuestKind.STUDENT,
                caregiver_said_yes=True,
                came=came,
            )
        )
    Guest.objects.bulk_create(guests)


def lay_tables(held: Convening, teams: list[SchoolTeam]) -> None:
    """Bring three questions, seat everybody at tables, and leave thoughts there."""
    questions = [
        Question.objects.create(
            team=team,
            text=text,
            tried=tried,
            told_by=team.guests.exclude(kind=GuestKind.STUDENT).first(),
        )
        for team, (text, tried) in zip(teams, QUESTIONS, strict=False)
    ]
    guests = list_to_seat(held)
    for part in held.parts.filter(kind__in=SEATED):
        if part.kind == AgendaKind.CONSULTANCY:
            seat_consultancy(part, guests)
        else:
            seat_round(part, guests)
    for question, text in zip(questions, THOUGHTS, strict=False):
        table = question.tables.get()
        listener = (
            table.guests.exclude(team=question.team)
            .filter(person__isnull=False)
            .first()
        )
        if listener is not None and listener.person is not None:
            Thought.objects.create(question=question, by=listener.person, text=text)


def write(held: Convening, teams: list[SchoolTeam], groups: list[Group]) -> None:
    """Write what was said: shared, for the team, and for oneself; plans and thanks."""
    by_school = {team.school_id: team for team in teams}
    ana, ben = (Person.objects.get(name=name) for name in ("Ana Ruiz", "Ben Okafor"))
    home = by_school[ana.roles.get().place_id]
    for kind, text, whose in QUOTES:
        Words.objects.create(
            convening=held,
            team=home,
            by=ana,
            kind=kind,
            text=text,
            audience=Audience.NETWORK,
            quotable=True,
            whose=whose,
        )
    for audience, text in (
        (Audience.ME, "I want to say less in meetings next year, and ask more."),
        (Audience.TEAM, "We left the night custodian out again. In September we ask."),
    ):
        Words.objects.create(
            convening=held,
            team=home,
            by=ana,
            kind=WordsKind.REFLECTION,
            text=text,
            audience=audience,
        )
    Words.objects.create(
        convening=held,
        team=home,
        by=ana,
        kind=WordsKind.INTENTION,
        text="Ask two drivers before I plan anything about the bus line.",
    )
    celebration = Words.objects.create(
        convening=held,
        team=home,
        by=ben,
        kind=WordsKind.CELEBRATION,
        text="Ana taught four square to a hundred children.",
        evidence="Second recess is the calmest part of the day now.",
        named_said_yes=True,
        audience=Audience.NETWORK,
    )
    Naming.objects.create(words=celebration, person=ana, said_yes=timezone.now())
    for number, (team, group) in enumerate(zip(teams, groups, strict=True)):
        aim, step, by_when = PLANS[number % len(PLANS)]
        first = group.memberships.filter(last=None).order_by("pk").first()
        is_home = team == home
        Plan.objects.create(
            team=team,
            aim=aim,
            first_step=step,
            owner=ana if is_home else first.person if first else None,
            by_when=dt.date.fromisoformat(by_when),
            is_shared=number % 2 == 0,
            outcome="" if number % 3 else Outcome.PARTLY,
            happened="" if number % 3 else "Two weeks of three.",
            told=None if number % 3 else dt.date(2026, 10, 20),
        )
    for member, to, text in (
        (ben, ana, "Thank you for staying until the chairs were away."),
        (ana, None, "Thank you to the kitchen, for the tamales."),
    ):
        Thanks.objects.create(
            convening=held,
            by=member,
            to=to,
            text=text,
            read_by=ThanksFor.PERSON if to else ThanksFor.ROOM,
        )
    MadeConnection.objects.create(
        convening=held,
        by=ana,
        other="Noor Haddad",
        why="They tried the same bell",
        next_contact=min(today(), dt.date(2026, 11, 24)),
    )
