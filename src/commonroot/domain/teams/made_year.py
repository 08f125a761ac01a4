"""A made-up year of eight data teams, so that every page of the demo can be judged full.

88 meetings, and changes of every ending. What the checks say was made up too: the
records of the sample know nothing of these changes.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.network.actions import add_person, add_place, give_role
from commonroot.domain.network.choices import (
    GroupKind,
    MemberKind,
    PlaceKind,
    RoleKind,
    Shift,
)
from commonroot.domain.network.models import Group, Membership, Person, Place, Role
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import (
    Done,
    Duty,
    Ending,
    Goal,
    Helped,
    HowMany,
    MeetingState,
    Section,
    Whom,
)
from commonroot.domain.teams.models import (
    Agreement,
    Change,
    CheckResult,
    Cycle,
    DoneReport,
    Meeting,
    Note,
    Story,
    TeamDuty,
    Voice,
)

FIRST = dt.date(2025, 8, 27)
MEETINGS = 11
DOMAIN = "@team.example"
TEAMS = {
    "Juniper Flat Elementary": ("Ana Ruiz", "Rosa Delgado", "Tom Ferris", "Hana Sato"),
    "Lantern Point High": ("Noor Haddad", "Ivo Lenz", "Dana Pike", "Sol Amari"),
    "Cinder Basin Middle": ("June Okoro", "Marek Dvorak", "Pia Lowe", "Abel Cruz"),
    "Alder Ford Elementary": ("Wren Castle", "Luz Medina", "Otto Hale", "Bea Novak"),
    "Madrone Valley Middle": ("Zeke Marlow", "Ines Prado", "Fern Avery", "Kofi Mensah"),
    "Piñon Ridge Elementary": ("Edda Winter", "Raul Ibarra", "Mina Cho", "Gus Tully"),
    "Wren Creek School": ("Nell Harper", "Omar Aziz", "Tess Byrd", "Juan Soto"),
    "Salt Marsh School": ("Vera Lindt", "Cal Rowe", "Amy Tran", "Pablo Rey"),
}
KINDS = (
    MemberKind.CLASSIFIED,
    MemberKind.LICENSED,
    MemberKind.ADMINISTRATOR,
    MemberKind.CAREGIVER,
)
# Who else works in the first school: area, and when in the day.
STAFF = (
    ("Lorna Reyes", "Bus garage", Shift.SPLIT),
    ("Sid Mohr", "Kitchen", Shift.BEFORE_SCHOOL),
    ("Petra Vance", "Custodians", Shift.AFTER_SCHOOL),
)


@dataclass(frozen=True)
class MadeCycle:
    """One cycle of a made-up year: what it was about, tried, and came to."""

    what: str
    where: str
    when: str
    who: str
    why: str
    heard: str
    tried: str
    done_when: str
    ending: Ending
    done: Done
    helped: Helped | None
    ratio: tuple[float, float, float] | None
    learned: str
    conditions: dict[str, str] = field(default_factory=dict)
    is_shared: bool = False
    words: str = ""


CYCLES = (
    MadeCycle(
        "Running and pushing", "Playground", "second recess", "Grades 3-5",
        "Two classes come out at once, and the only game with rules takes twelve",
        "There is nothing to do when the ball is taken",
        "Two more games, taught in PE and started by the aide",
        "Both games are played on four days of five",
        Ending.KEPT, Done.AS_PLANNED, Helped.HELPED, (0.5, 0.3, 0.85),
        "A taught game keeps more children busy than one more adult.",
        {"location": "Playground"}, True,
        "I used to stand by the fence. Now I do four square.",
    ),
    MadeCycle(
        "Defiance", "Hallway", "after lunch", "Grades 6-8",
        "Four minutes are not enough from the lunchroom to the far wing",
        "We get marked late and then we are already in trouble",
        "Two more minutes of passing time after lunch",
        "The bell rings at the new time every day",
        Ending.DROPPED, Done.AS_PLANNED, Helped.DID_NOT_HELP, (1.02, 0.82, 1.3),
        "Time was not it. Students say it is the one staircase.",
        {"location": "Hallway/Breezeway"}, True,
    ),
    MadeCycle(
        "Arguments about seats", "Bus", "the way home", "all grades",
        "Nobody has a seat of their own, and the first stop takes the back",
        "You have to run to sit with your sister",
        "The driver hands out seats, and friends sit together",
        "Every seat has a name for three weeks",
        Ending.ADAPTED, Done.PARTLY, Helped.TOO_EARLY, (0.8, 0.42, 1.5),
        "Two drivers did it and one could not. We ask the drivers first now.",
        {"location": "Bus"},
    ),
    MadeCycle(
        "Noise and leaving the table", "Cafeteria", "the second half of lunch", "Grades K-2",
        "Children who have eaten wait fifteen minutes with nothing to do",
        "I am done and I have to sit",
        "Who has eaten goes out to quiet games",
        "The door opens at twenty past every day",
        Ending.UNCHECKED, Done.STOPPED, None, None,
        "The aide left in the winter, and nobody looked again.",
    ),
    MadeCycle(
        "Disruption", "Classroom", "the first lesson", "Grades 9-12",
        "Half of the class comes in after the bell, hungry",
        "Breakfast closes before our bus is here",
        "Breakfast in the first lesson, from a cart",
        "The cart is there four days of five",
        Ending.KEPT, Done.AS_PLANNED, Helped.TOO_EARLY, (0.75, 0.5, 1.15),
        "Too early to tell, and everybody wants to keep it.",
        {}, True,
    ),
    MadeCycle(
        "Name-calling", "Locker room", "before PE", "Grades 6-8",
        "Nobody can see in, and three classes change at once",
        "It is the worst five minutes of my day",
        "One class at a time, and music on",
        "The order hangs on the door and holds",
        Ending.DROPPED, Done.PARTLY, Helped.CANNOT_TELL, None,
        "A new form came in the same month, so nothing can be told.",
        {}, True,
    ),
)  # fmt: skip
LINES = {
    Section.RECORDING: "Recorded on most days. The week before the break is thin.",
    Section.DOING: "Much as in the weeks before; nothing that chance would not do.",
    Section.PATTERN: "We stay with one pattern.",
    Section.VOICES: "Asked in the morning circle and by a note home.",
    Section.CLOSING: "Thanks to whoever brought the chairs.",
}


@transaction.atomic
def make_teams() -> int:
    """Make the people of eight teams and their year; gives how many teams were made."""
    made = 0
    for number, (school, names) in enumerate(TEAMS.items()):
        place = Place.objects.filter(kind=PlaceKind.SCHOOL, name=school).first()
        if place is None or place.groups.filter(kind=GroupKind.DATA_TEAM).exists():
            continue
        people = [
            find_or_add(name, kind, place)
            for name, kind in zip(names, KINDS, strict=True)
        ]
        team = Group.objects.create(
            place=place,
            kind=GroupKind.DATA_TEAM,
            name="Data team",
            rhythm="every fourth Wednesday",
        )
        join(team, people)
        meetings = hold_meetings(team, people, number)
        play_cycles(team, people, meetings, number)
        record(by=SYSTEM, verb="add", kind="group", key=team.pk, place=place)
        if number == 0:
            add_staff(place)
        made += 1
    return made


def add_staff(school: Place) -> None:
    """Add classified staff by area and shift, so that a team can be set beside them."""
    Role.objects.filter(place=school, member_kind=MemberKind.CLASSIFIED).update(
        shift=Shift.SCHOOL_DAY
    )
    for name, area, shift in STAFF:
        place = add_place(by=SYSTEM, kind=PlaceKind.DEPARTMENT, name=area, above=school)
        email = f"{name.lower().replace(' ', '.')}{DOMAIN}"
        give_role(
            by=SYSTEM,
            person=add_person(by=SYSTEM, email=email, name=name),
            kind=RoleKind.EDUCATOR,
            place=place,
            first=dt.date(2024, 8, 1),
            member_kind=MemberKind.CLASSIFIED,
            shift=shift,
        )


def find_or_add(name: str, kind: MemberKind, place: Place) -> Person:
    """Find a person of the cast, or add one who works in a team."""
    known = Person.objects.filter(name=name).first()
    if known is not None:
        return known
    first = name.lower().replace(" ", ".")
    person = add_person(by=SYSTEM, email=f"{first}{DOMAIN}", name=name)
    give_role(
        by=SYSTEM,
        person=person,
        kind=RoleKind.TEAM_MEMBER,
        place=place,
        first=dt.date(2024, 8, 1),
        member_kind=kind,
    )
    return person


def join(team: Group, people: list[Person]) -> None:
    """Let people join a team, with duties and an agreement."""
    Membership.objects.bulk_create(
        Membership(group=team, person=person, member_kind=kind, first=FIRST)
        for person, kind in zip(people, KINDS, strict=True)
    )
    for duty, person, backup in zip(
        Duty, people, [*people[1:], people[0]], strict=False
    ):
        TeamDuty.objects.create(team=team, duty=duty, person=person, backup=backup)
    Agreement.objects.create(
        team=team,
        text="We speak of places and times, never of a child.",
        agreed=FIRST,
        review=today() + dt.timedelta(days=60),
    )


def hold_meetings(team: Group, people: list[Person], number: int) -> list[Meeting]:
    """Hold a year of meetings, and plan the next one."""
    held = []
    for turn in range(MEETINGS):
        day = FIRST + dt.timedelta(weeks=4 * turn, days=number % 3)
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(15, 15)))
        meeting = Meeting.objects.create(
            team=team,
            day=day,
            starts=dt.time(15, 15),
            state=MeetingState.ENDED,
            began=at,
            ended=at + dt.timedelta(minutes=41 + (turn * 7 + number) % 9),
            ratings=[
                "yes",
                ("yes", "partly")[turn % 2],
                ("partly", "yes")[turn % 2],
                "partly",
            ],
            decided=(turn + number) % 4 != 3,
        )
        meeting.present.set(people[: 3 + (turn + number) % 2])
        for section, text in LINES.items():
            if (turn + len(section)) % 3:
                Note.objects.create(
                    meeting=meeting, section=section, text=text, by=people[turn % 4]
                )
        held.append(meeting)
    days = (9 - today().weekday()) % 7 or 7
    Meeting.objects.create(
        team=team, day=today() + dt.timedelta(days=days), starts=dt.time(15, 15)
    )
    return held


def play_cycles(
    team: Group, people: list[Person], meetings: list[Meeting], number: int
) -> None:
    """Play three cycles through the year; the first team has one whose check is due."""
    earlier: Cycle | None = None
    for turn in range(3):
        made = CYCLES[(number + turn * 2) % len(CYCLES)]
        begun, ended = meetings[1 + 3 * turn], meetings[min(10, 4 + 3 * turn)]
        adapts = earlier is not None and earlier.ending == Ending.ADAPTED
        earlier = play(
            made, team, people[turn], begun, ended, earlier if adapts else None
        )
    if number == 0:
        leave_open(team, people[1], meetings[6])


def play(
    made: MadeCycle,
    team: Group,
    owner: Person,
    begun: Meeting,
    ended: Meeting,
    follows: Cycle | None,
) -> Cycle:
    """Play one cycle from its meeting to its end."""
    cycle = open_made(made, team, begun, follows)
    change = start_made(made, cycle, owner, begun.day, ended.day)
    middle = begun.day + (ended.day - begun.day) / 2
    for done, on in ((Done.PARTLY, middle), (made.done, ended.day)):
        DoneReport.objects.create(change=change, done=done, on=on, by=owner)
    if made.helped is not None:
        ratio, low, high = made.ratio or (None, None, None)
        check = CheckResult.objects.create(
            change=change,
            helped=made.helped,
            ratio=ratio,
            low=low,
            high=high,
            weeks_before=(begun.day - FIRST).days // 7 + 12,
            weeks_after=(ended.day - begun.day).days // 7,
            reason="rest" if made.helped == Helped.CANNOT_TELL else "",
            on=ended.day,
            in_meeting=ended,
            by=owner,
        )
        # The moment is the site's own when a check is made; this one is of last year.
        CheckResult.objects.filter(pk=check.pk).update(at=ended.ended)
    cycle.ending, cycle.ended, cycle.ended_in = made.ending, ended.day, ended
    cycle.ended_at = ended.ended
    cycle.learned = made.learned
    cycle.save()
    if made.is_shared:
        share_made(made, change, ended.day, owner)
    return cycle


def open_made(
    made: MadeCycle, team: Group, begun: Meeting, follows: Cycle | None = None
) -> Cycle:
    """Open a made-up cycle, with what was heard."""
    cycle = Cycle.objects.create(
        team=team,
        opened_in=begun,
        opened=begun.day,
        conditions=made.conditions,
        picked=0.8,
        what=made.what,
        where=made.where,
        when=made.when,
        who=made.who,
        why=made.why,
        follows=follows,
    )
    for whom, heard in ((Whom.STUDENTS, made.heard), (Whom.FAMILIES, "")):
        Voice.objects.create(
            cycle=cycle,
            whom=whom,
            how_many=HowMany.SOME if heard else "",
            how="morning circle" if heard else "",
            heard=heard,
            reason="" if heard else "Families meet in the spring",
        )
    return cycle


def start_made(
    made: MadeCycle, cycle: Cycle, owner: Person, begun: dt.date, review: dt.date
) -> Change:
    """Start a made-up change."""
    return Change.objects.create(
        cycle=cycle,
        what=made.tried,
        where=made.where,
        when=made.when,
        owner=owner,
        agreed_in=cycle.opened_in,
        agreed_at=cycle.opened_in.ended if cycle.opened_in else None,
        start=begun + dt.timedelta(days=5),
        done_when=made.done_when,
        goal=Goal.HALF,
        review=review,
    )


def share_made(made: MadeCycle, change: Change, day: dt.date, by: Person) -> None:
    """Share what was learned, once for every kind of cycle."""
    title = f"{made.what}: {made.tried}"[:120]
    if Story.objects.filter(title=title).exists():
        return
    Story.objects.create(
        change=change,
        title=title,
        place=made.where,
        time=made.when,
        grades=made.who,
        tried=f"{made.tried}. {made.learned}",
        happened=made.done,
        helped=made.helped or Helped.CANNOT_TELL,
        words=made.words,
        whose_words="a student" if made.words else "",
        consent=bool(made.words),
        shared=day,
        shared_at=timezone.make_aware(dt.datetime.combine(day, dt.time(16))),
        by=by,
    )


def leave_open(team: Group, owner: Person, begun: Meeting) -> None:
    """Leave one change open, whose check is due: what the next meeting begins with."""
    made = CYCLES[2]
    cycle = open_made(made, team, begun)
    change = start_made(
        made, cycle, owner, begun.day, begun.day + dt.timedelta(weeks=10)
    )
    DoneReport.objects.create(
        change=change,
        done=Done.AS_PLANNED,
        on=begun.day + dt.timedelta(weeks=4),
        by=owner,
    )
