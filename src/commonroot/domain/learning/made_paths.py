"""Made-up paths: one at the beginning, one on the way, one that mentors."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM, record
from commonroot.domain.learning.path_actions import need_stages
from commonroot.domain.learning.path_models import (
    Path,
    PathReflection,
    PathStage,
    Signature,
)
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.made_region import REGION
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

BEGUN = dt.date(2024, 9, 3)
# Who walks, with whom, and how many stages both have signed.
WALKS = (
    ("Carla Benítez", "Elena Fox", 3),
    ("Dev Raman", "Elena Fox", 5),
    ("Grace Lund", "Carla Benítez", 0),
)
# What they wrote on the way to each stage; whoever has more to sign has written already.
WORDS = {
    "Carla Benítez": (
        "I came to learn games, and stayed for the silences.",
        "Beside Elena I learned to ask one question and then to wait.",
        "I used to fill every silence. Now I count to ten, and somebody speaks.",
        "With nobody beside me I read the room worse in the afternoon. I plan a walk then.",
    ),
    "Dev Raman": (
        "I took notes on the facilitators, not on the slides.",
        "My half was too long. Nobody said so until I asked.",
        "I leaned on Elena with my eyes. She looked at the window.",
        "The bus drivers taught the second hour. It was the best one.",
        "What I still find hard is to sit at the back and let it go wrong.",
    ),
}
BETWEEN = dt.timedelta(days=120)


@transaction.atomic
def make_paths() -> int:
    """Make paths of people who are there; gives how many."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or Path.objects.exists():
        return 0
    need_stages(region)
    stages = list(PathStage.objects.filter(region=region))
    people = {
        each.name: each
        for each in Person.objects.filter(
            name__in={name for walk in WALKS for name in walk[:2]}
        )
    }
    made = 0
    for name, mentor, signed in WALKS:
        if name not in people or mentor not in people:
            continue
        path = Path.objects.create(
            region=region, person=people[name], mentor=people[mentor], begun=BEGUN
        )
        walk(path, stages[:signed])
        record(by=SYSTEM, verb="begin", kind="path", key=path.pk, place=region)
        made += 1
    return made


def walk(path: Path, signed: Sequence[PathStage]) -> None:
    """Write and sign on the way, some months between the stages."""
    for number, words in enumerate(WORDS.get(path.person.name, ()), start=1):
        written = PathReflection.objects.create(path=path, by=path.person, text=words)
        set_moment(written, number * BETWEEN - dt.timedelta(days=9))
    for number, stage in enumerate(signed, start=1):
        for by in (path.person, path.mentor):
            made = Signature.objects.create(
                path=path, stage=stage, by=by, as_mentor=by == path.mentor
            )
            set_moment(made, number * BETWEEN)


def set_moment(made: PathReflection | Signature, after: dt.timedelta) -> None:
    """Set when something was made: so long after a path was begun, and never to come."""
    day = min(BEGUN + after, today())
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(15)))
    type(made).objects.filter(pk=made.pk).update(at=moment)
