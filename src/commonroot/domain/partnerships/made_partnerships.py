"""Made-up partnerships with the five districts of the made-up region, for the demo.

All eleven schools take part, eight as whole school partners. Steps and one renewal are
set about today, so that somebody has something to do.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.made_region import PARTNER, REGION
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import (
    PartnerSide,
    StepState,
    Turn,
    UsualStage,
)
from commonroot.domain.partnerships.models import (
    Partnership,
    PayLine,
    ReadinessNote,
    Renewal,
    SchoolPart,
    Stage,
    StageReached,
    Step,
    StepTurn,
    WholeSchool,
)
from commonroot.domain.partnerships.stage_actions import make_usual_stages

Day = tuple[int, int, int]


@dataclass(frozen=True)
class MadePartnership:
    """One made-up partnership: its years, stages by number, and schools.

    A school has the day from which it takes part, and the one from which it does as a
    whole school; None when it does not.
    """

    district: str
    years: tuple[int, int]
    stages: dict[int, tuple[Day, str]]
    schools: dict[str, tuple[Day, Day | None]]


PARTNERSHIPS = (
    MadePartnership(
        "Cinder Basin School District", (2023, 2026),
        {
            1: ((2023, 4, 18), "An evening with the superintendent and all three principals"),
            2: ((2023, 6, 8), "The plan was written together and read out to the board"),
            3: ((2023, 8, 23), "The August workshop; a morning circle was tried the next day"),
            4: ((2023, 11, 14), "The same tally sheet hangs in all three buildings"),
            5: ((2024, 8, 1), "Carla Benítez began as the district’s coach"),
            6: ((2024, 9, 4), "Juniper Flat began, with its data team and its aides"),
            7: ((2025, 1, 15), "The middle school asked to join; the high school a year later"),
        },
        {
            "Juniper Flat Elementary": ((2024, 9, 4), (2025, 8, 25)),
            "Cinder Basin Middle": ((2025, 1, 15), (2025, 8, 25)),
            "Cinder Basin High": ((2025, 11, 3), None),
        },
    ),
    MadePartnership(
        "Madrone Valley School District", (2024, 2027),
        {
            1: ((2024, 3, 5), "A first talk at the district office, and one with bus drivers"),
            2: ((2024, 5, 21), "A plan of three years with a line for what each side brings"),
            3: ((2024, 8, 20), "Two days of workshop, with educators of all three schools"),
            4: ((2024, 10, 30), "Days without records are now marked as such"),
            5: ((2025, 3, 12), "The coach’s job was written down and filled"),
            6: ((2025, 8, 26), "Three schools began together"),
        },
        {
            "Alder Ford Elementary": ((2025, 8, 26), (2025, 10, 6)),
            "Madrone Valley Middle": ((2025, 8, 26), (2026, 1, 12)),
            "Madrone Valley High": ((2025, 8, 26), None),
        },
    ),
    MadePartnership(
        "Tamarack River School District", (2024, 2026),
        {
            1: ((2024, 1, 24), "The leadership team came to a school data team and stayed"),
            2: ((2024, 4, 17), "The plan has a page for each school"),
            3: ((2024, 8, 19), "The August workshop, with interpreters"),
            4: ((2024, 12, 4), "Recess and bus are now tallied with the time of day"),
            5: ((2025, 1, 8), "A coach was hired for two days a week"),
            6: ((2025, 2, 3), "Piñon Ridge began"),
            7: ((2025, 9, 2), "Wren Creek joined after its staff had asked twice"),
        },
        {
            "Piñon Ridge Elementary": ((2025, 2, 3), (2025, 9, 2)),
            "Wren Creek School": ((2025, 9, 2), (2025, 9, 2)),
        },
    ),
    MadePartnership(
        "Saltgrass Coast School District", (2023, 2026),
        {
            1: ((2023, 3, 9), "A first meeting with the leaders, and the fishermen’s breakfast"),
            2: ((2023, 5, 30), "The plan was agreed"),
            3: ((2023, 8, 21), "The first August workshop on the coast"),
            4: ((2023, 10, 18), "Tally sheets in both schools"),
            5: ((2024, 2, 12), "A teacher of the district became its coach"),
            6: ((2024, 9, 3), "Salt Marsh began"),
            7: ((2025, 1, 21), "Lantern Point joined"),
            8: ((2026, 5, 20), "Both schools are whole school partners, and the board said so"),
        },
        {
            "Salt Marsh School": ((2024, 9, 3), (2024, 9, 3)),
            "Lantern Point High": ((2025, 1, 21), (2025, 8, 27)),
        },
    ),
    MadePartnership(
        "Quail Gap School District", (2025, 2027),
        {
            1: ((2025, 2, 11), "The principal is the leadership team; we met in her kitchen"),
            2: ((2025, 5, 7), "A plan on one page"),
            3: ((2025, 8, 22), "All of the staff came to the August workshop"),
            4: ((2025, 10, 8), "A notebook at the door of the only bus"),
            6: ((2026, 1, 12), "The one school began, with a coach of the region"),
        },
        {"Quail Gap Elementary": ((2026, 1, 12), None)},
    ),
)  # fmt: skip
# What, whose side, who, in how many days from today, and what became of it.
STEPS: tuple[tuple[str, str, str, str, int, str, str], ...] = (
    ("Cinder", "Visit the high school’s lunch with the principal", "partner",
     "Farid Noori", 2, "", ""),
    ("Cinder", "Bring the list of who leads which workshop in the spring", "district",
     "Carla Benítez", 4, "", ""),
    ("Cinder", "Ask the board for two workshop days before the contract year", "district",
     "Mara Quist", -3, "", ""),
    ("Cinder", "Agree with the bus garage on ten minutes a month", "district",
     "Carla Benítez", -40, "done", "They meet on first Mondays, with coffee"),
    ("Cinder", "Draw up the years after this one, together", "partner",
     "Farid Noori", 30, "", ""),
    ("Madrone", "Write the high school’s page of the plan", "partner",
     "Farid Noori", 6, "moved", "The principal was away until now"),
    ("Madrone", "Choose who comes to the August workshop, new and seasoned", "district",
     "The three principals", 45, "", ""),
    ("Tamarack", "Look for a second interpreter for evenings", "district",
     "The district office", -12, "dropped", "Families would rather meet at noon"),
    ("Tamarack", "Plan the third year’s renewal", "partner", "Farid Noori", 70, "", ""),
    ("Saltgrass", "Teach the new coach’s first workshop side by side", "partner",
     "Elena Fox", 9, "", ""),
    ("Quail", "Find out whether two districts can share a coach", "partner",
     "Farid Noori", -1, "", ""),
)  # fmt: skip
READINESS = (
    ("Cinder", "Cinder Basin High", "Two departments ask for it; the schedule has no hour yet"),
    ("Madrone", "Madrone Valley High", "A new principal; wait until she knows the staff"),
    ("Quail", "Quail Gap Elementary", "Everybody wants it, and nobody has a substitute"),
)  # fmt: skip
# In every partnership and school year: what, and who pays.
PAYERS = (
    ("Two workshop days in August", "The district", "two days of everybody who comes"),
    ("Visits of the network’s facilitator", PARTNER, ""),
    ("The district’s coach", "The district", "part of one position"),
)  # fmt: skip


@transaction.atomic
def make_partnerships() -> int:
    """Make the partnerships of the made-up region; gives how many were made."""
    partner = Place.objects.filter(kind=PlaceKind.PARTNER, name=PARTNER).first()
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if partner is None or region is None:
        return 0
    districts = {
        each.name: each
        for each in Place.objects.filter(kind=PlaceKind.DISTRICT, above=region)
    }
    if Partnership.objects.filter(district__in=districts.values()).exists():
        return 0
    stages = make_usual_stages(region)
    people = {each.name: each for each in Person.objects.all()}
    found = [each for each in PARTNERSHIPS if each.district in districts]
    for made in found:
        make_partnership(made, partner, districts[made.district], stages, people)
    return len(found)


def make_partnership(
    made: MadePartnership,
    partner: Place,
    district: Place,
    stages: list[Stage],
    people: dict[str, Person],
) -> None:
    """Make one partnership with all that hangs on it."""
    first, last = made.years
    partnership = Partnership.objects.create(
        partner=partner, district=district, first_year=first, last_year=last
    )
    record(
        by=SYSTEM, verb="begin", kind="partnership", key=partnership.pk, place=district
    )
    reach_made_stages(made, partnership, stages, people.get("Farid Noori"))
    take_in_schools(made, partnership)
    plan_made_steps(partnership, people)
    note_made_readiness(partnership, people.get("Elena Fox"))
    PayLine.objects.bulk_create(
        PayLine(partnership=partnership, year=year, what=what, payer=payer, amount=much)
        for year in range(first, last + 1)
        for what, payer, much in PAYERS
    )
    plan_made_renewals(partnership, people.get("Farid Noori"))


def reach_made_stages(
    made: MadePartnership,
    partnership: Partnership,
    stages: list[Stage],
    by: Person | None,
) -> None:
    """Say which stages were reached."""
    numbers = {usual.value: at for at, usual in enumerate(UsualStage, start=1)}
    by_number = {numbers[each.usual]: each for each in stages if each.usual}
    StageReached.objects.bulk_create(
        StageReached(
            partnership=partnership,
            stage=by_number[number],
            day=dt.date(*day),
            evidence=evidence,
            by=by,
        )
        for number, (day, evidence) in made.stages.items()
    )


def take_in_schools(made: MadePartnership, partnership: Partnership) -> None:
    """Let schools take part, each from its day."""
    schools = {
        each.name: each for each in Place.objects.filter(above=partnership.district)
    }
    for name, (first, whole) in made.schools.items():
        part = SchoolPart.objects.create(
            partnership=partnership, school=schools[name], first=dt.date(*first)
        )
        if whole is not None:
            WholeSchool.objects.create(part=part, first=dt.date(*whole))


def plan_made_steps(partnership: Partnership, people: dict[str, Person]) -> None:
    """Plan the steps about now, some of them settled."""
    for district, what, side, who, days, turn, line in STEPS:
        if not partnership.district.name.startswith(district):
            continue
        day = today() + dt.timedelta(days=days)
        step = Step.objects.create(
            partnership=partnership,
            what=what,
            side=PartnerSide(side),
            owner=people.get(who),
            who="" if who in people else who,
            by_when=day,
            state=turn if turn in StepState else StepState.OPEN,
        )
        if turn:
            StepTurn.objects.create(
                step=step,
                turn=Turn(turn),
                line=line,
                before=day - dt.timedelta(days=21 if turn == Turn.MOVED else 0),
                on=min(day, today()),
                by=people.get(who),
            )


def note_made_readiness(partnership: Partnership, by: Person | None) -> None:
    """Note what was noticed of schools that are not whole school partners."""
    for district, school, text in READINESS:
        if partnership.district.name.startswith(district):
            ReadinessNote.objects.create(
                partnership=partnership,
                school=Place.objects.get(above=partnership.district, name=school),
                day=today() - dt.timedelta(days=20),
                text=text,
                by=by,
            )


def plan_made_renewals(partnership: Partnership, owner: Person | None) -> None:
    """Plan a talk about going on where the last year has begun, the first of them soon."""
    soon = {"Cinder": 5, "Saltgrass": 48, "Tamarack": 100}
    for district, days in soon.items():
        if partnership.district.name.startswith(district):
            Renewal.objects.create(
                partnership=partnership,
                day=today() + dt.timedelta(days=days),
                about="What goes on, what the district carries by itself, who pays",
                owner=owner,
            )
