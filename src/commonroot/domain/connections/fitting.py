"""How well two educators fit, as reasons that both can read; the weights stay inside.

No framework and no database: plain values in, plain values out.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

MOST_LISTED = 8
Pair = frozenset[str]


@dataclass(frozen=True)
class Educator:
    """What is known of somebody for a match; what they left open is empty."""

    key: str
    practices: frozenset[str] = frozenset()
    grade_spans: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    work: str = ""
    school: str = ""
    district: str = ""
    county: str = ""


@dataclass(frozen=True)
class Asking:
    """Somebody new, with limits that a match has to keep to.

    `goes_first` says that they were left without a match the last time.
    """

    who: Educator
    goes_first: bool = False
    only_near: bool = False
    not_own_school: bool = False
    only_language: str = ""


@dataclass(frozen=True)
class Offering:
    """Somebody seasoned: for how many at once, and whether one more may join as a third."""

    who: Educator
    capacity: int = 1
    takes_third: bool = False
    goes_first: bool = False


@dataclass(frozen=True, order=True)
class Reason:
    """One thing that two people share: its kind, and which."""

    kind: str
    value: str


# A shared goal weighs most; being near helps two people to meet at all.
WEIGHTS = {
    "practice": 6,
    "language": 4,
    "grade_span": 3,
    "work": 3,
    "school": 3,
    "district": 3,
    "hours": 2,
    "county": 2,
}
# A long list of practices is no better than a few that are meant.
MOST_COUNTED = {"practice": 3, "hours": 2, "grade_span": 2, "language": 2}


def tell_reasons(one: Educator, other: Educator) -> list[Reason]:
    """List what two people share, in a settled order.

    >>> ana = Educator("a", practices=frozenset({"circles"}), district="north")
    >>> tell_reasons(ana, Educator("b", frozenset({"circles", "repair"}), district="north"))
    [Reason(kind='practice', value='circles'), Reason(kind='district', value='north')]
    """
    shared = [
        *(Reason("practice", each) for each in sorted(one.practices & other.practices)),
        *(Reason("language", each) for each in sorted(one.languages & other.languages)),
        *(
            Reason("grade_span", each)
            for each in sorted(one.grade_spans & other.grade_spans)
        ),
        *(Reason("hours", each) for each in sorted(one.hours & other.hours)),
    ]
    if one.work and one.work == other.work:
        shared.append(Reason("work", one.work))
    # The narrowest place that they share says it all.
    for kind in ("school", "district", "county"):
        value = getattr(one, kind)
        if value and value == getattr(other, kind):
            return [*shared, Reason(kind, value)]
    return shared


def weigh(reasons: Collection[Reason]) -> int:
    """Weigh reasons, for an order that nobody is shown."""
    whole = 0
    for kind, weight in WEIGHTS.items():
        counted = sum(reason.kind == kind for reason in reasons)
        whole += weight * min(counted, MOST_COUNTED.get(kind, 1))
        # Who shares a school shares its district as well.
        whole += WEIGHTS["district"] * (kind == "school" and counted > 0)
    return whole


def may_meet(asking: Asking, offering: Offering, excluded: Collection[Pair]) -> bool:
    """Say whether two people may be matched at all."""
    new, seasoned = asking.who, offering.who
    if new.key == seasoned.key or frozenset({new.key, seasoned.key}) in excluded:
        return False
    if new.languages and seasoned.languages and not new.languages & seasoned.languages:
        return False
    if asking.only_language and asking.only_language not in seasoned.languages:
        return False
    if asking.not_own_school and new.school and new.school == seasoned.school:
        return False
    near = {new.district, new.county} - {""}
    return not asking.only_near or bool(near & {seasoned.district, seasoned.county})


def toss(*keys: str) -> str:
    """Give what settles a tie: always the same for the same people, and fair to names."""
    return hashlib.sha256("|".join(sorted(keys)).encode()).hexdigest()


def rank(
    askings: Collection[Asking],
    offerings: Collection[Offering],
    excluded: Collection[Pair] = (),
    most: int | None = MOST_LISTED,
) -> dict[str, list[str]]:
    """List for everybody whom they may be matched with, who fits best first.

    Of equals, those left without a match the last time come first. For somebody seasoned
    they come first of all.
    """
    for_new: dict[str, list[tuple[tuple[int, bool, str], str]]] = {
        each.who.key: [] for each in askings
    }
    for_seasoned: dict[str, list[tuple[tuple[bool, int, str], str]]] = {
        each.who.key: [] for each in offerings
    }
    for asking in askings:
        for offering in offerings:
            if not may_meet(asking, offering, excluded):
                continue
            new, seasoned = asking.who.key, offering.who.key
            weight = weigh(tell_reasons(asking.who, offering.who))
            tie = toss(new, seasoned)
            for_new[new].append(((-weight, not offering.goes_first, tie), seasoned))
            for_seasoned[seasoned].append(((not asking.goes_first, -weight, tie), new))
    return {
        key: [other for _, other in sorted(found)[:most]]
        for found_for in (for_new, for_seasoned)
        for key, found in found_for.items()
    }
