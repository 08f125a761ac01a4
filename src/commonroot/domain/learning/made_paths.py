"""Made-up paths: one at the beginning, one on the way, one that mentors."""

import datetime as dt

from django.db import transaction

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

BEGUN = dt.date(2024, 9, 3)
# Who walks, with whom, and how many stages both have signed.
WALKS = (
    ("Carla Benítez", "Elena Fox", 3),
    ("Dev Raman", "Elena Fox", 5),
    ("Grace Lund", "Carla Benítez", 0),
)
WORDS = {
    "Carla Benítez": "I used to fill every silence. Now I count to ten, and somebody speaks.",
    "Dev Raman": "What I still find hard is to sit at the back and let it go wrong.",
}


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
        if name in WORDS:
            PathReflection.objects.create(path=path, by=people[name], text=WORDS[name])
        Signature.objects.bulk_create(
            Signature(path=path, stage=stage, by=people[each], as_mentor=each == mentor)
            for stage in stages[:signed]
            for each in (name, mentor)
        )
        record(by=SYSTEM, verb="begin", kind="path", key=path.pk, place=region)
        made += 1
    return made
