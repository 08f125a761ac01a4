"""What can be chosen when somebody enters an incident by hand: the school's own words."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache

from commonroot.briefs.scan_columns import SPANS
from commonroot.domain.audit.queries import find_last_change
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import places_where, today
from commonroot.domain.records.models import Version
from commonroot.domain.records.queries import NotForThisViewerError
from commonroot.domain.records.rules import ENTER
from commonroot.domain.records.standing import CHANGES
from commonroot.intake.labels import WITHHELD, label_key

NEWEST, OFTEN_ENOUGH = 2_000, 10
MOST, FEWEST = 9, 6
BANDS = tuple(dict.fromkeys(SPANS.values()))
USUAL = {
    "location": (
        "Bathroom",
        "Bus",
        "Classroom",
        "Gym",
        "Hallway",
        "Lunchroom",
        "Office",
        "Outside",
        "Playground",
    ),
    "behaviour": (
        "Bullying",
        "Defiance",
        "Disruption",
        "Fighting",
        "Inappropriate Language",
        "Physical Contact",
        "Property Misuse",
        "Running",
        "Other",
    ),
    "response": (
        "Call Home",
        "Conference with Student",
        "Loss of Privilege",
        "Restorative Conversation",
        "Reteach",
        "Sent to Office",
        "Time Out",
    ),
}


@dataclass(frozen=True)
class Offered:
    """The labels of each question, a tap each."""

    locations: Sequence[str]
    behaviours: Sequence[str]
    bands: Sequence[str]
    responses: Sequence[str]


def offer_labels(viewer: Person, school: Place) -> Offered:
    """Offer a school's own labels, and usual ones where it has few of its own.

    A label is offered when ten or more of the newest incidents have it, so that no
    offer tells of a single one.
    """
    found = find_labels(viewer, school)
    chosen = {name: choose_labels(found[name], USUAL[name]) for name in USUAL}
    bands = choose_bands(school)
    return Offered(chosen["location"], chosen["behaviour"], bands, chosen["response"])


def choose_bands(school: Place) -> Sequence[str]:
    """Choose the grade bands of the students that a school has; all while nobody knows."""
    grades = school.enrolment.filter(column="grade").values_list("value", flat=True)
    has = {SPANS.get(grade) for grade in grades.distinct()}
    return [band for band in BANDS if band in has] or BANDS


def accept_labels(viewer: Person, school: Place) -> Offered:
    """Give every label that may have been offered: an entry can be sent days later."""
    found = find_labels(viewer, school)
    chosen = {name: [*list_often(found[name]), *USUAL[name]] for name in USUAL}
    return Offered(chosen["location"], chosen["behaviour"], BANDS, chosen["response"])


def find_labels(viewer: Person, school: Place) -> dict[str, Counter[str]]:
    """Find the labels of a school's newest incidents, for whoever may enter there.

    Kept until a file or an erasure changes them, a day at the longest: what was entered
    since adds no label, because only labels that are offered can be entered.
    """
    if not places_where(viewer, ENTER).filter(pk=school.pk).exists():
        raise NotForThisViewerError
    since = find_last_change(school, CHANGES)
    key = f"labels-{school.pk}-{since}-{today()}"
    kept: dict[str, Counter[str]] | None = cache.get(key)
    if kept is None:
        newest = Version.objects.filter(
            incident__school=school, current_of__isnull=False
        ).order_by("-day", "-pk")
        kept = count_labels(newest.values_list("rows", flat=True)[:NEWEST])
        cache.set(key, kept, 24 * 3600)
    return kept


def list_often(found: Counter[str]) -> list[str]:
    """List the labels that are frequent enough to be offered, the most frequent first."""
    return [label for label, rows in found.most_common() if rows >= OFTEN_ENOUGH]


def count_labels(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """Count the labels of kept incidents."""
    found: dict[str, Counter[str]] = {name: Counter() for name in USUAL}
    for text in texts:
        for row in json.loads(text):
            for name, counter in found.items():
                if row.get(name) not in (None, WITHHELD):
                    counter[row[name]] += 1
    return found


def choose_labels(found: Counter[str], usual: Sequence[str]) -> list[str]:
    """Choose labels by name: the most frequent ones; where they are few, usual ones too.

    >>> choose_labels(Counter({"Blacktop": 40, "Roof": 2}), ["Bus", "Black Top"])
    ['Blacktop', 'Bus']
    """
    often = list_often(found)[:MOST]
    chosen = {label_key(label): label for label in reversed(often)}
    few = len(chosen) < FEWEST
    for label in usual:
        if few and len(chosen) < MOST:
            chosen.setdefault(label_key(label), label)
    return sorted(chosen.values(), key=lambda label: (label == "Other", label))
