"""Who is matched with whom: scores with reasons, then deferred acceptance.

Gale and Shapley, "College admissions and the stability of marriage", American
Mathematical Monthly 69 (1962): those who are new propose, so among all stable matchings
each of them has the best that any gives. Names are keys here; nothing is known of roles or pages.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonroot.domain.connections.choices import Reason

CAP = 8
POINTS = {
    Reason.PRACTICE: 5,
    Reason.GRADES: 3,
    Reason.LANGUAGE: 3,
    Reason.HOURS: 2,
    Reason.DISTRICT: 2,
    Reason.SCHOOL: 1,
}
# Whatever names a person and can be put into a set.
Key = Any


@dataclass(frozen=True)
class Candidate:
    """Somebody in a round.

    `supervisors` are those who evaluate them, and `line` the keys of all with whom they
    are in one line of supervision. `strikes` are those whom they do not want.
    """

    key: Key
    practices: Collection[str] = ()
    grades: Collection[str] = ()
    languages: Collection[str] = ()
    hours: Collection[str] = ()
    school: Key = None
    district: Key = None
    capacity: int = 1
    waited: bool = False
    strikes: Collection[Key] = ()
    line: Collection[Key] = ()


@dataclass(frozen=True)
class Scored:
    """How well two fit, and why. None of it is shown as a number."""

    points: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Matching:
    """Who was matched, each with reasons, and who found nobody."""

    pairs: Mapping[tuple[Key, Key], tuple[Reason, ...]] = field(default_factory=dict)
    unmatched: Sequence[Key] = ()


def is_excluded(
    new: Candidate, seasoned: Candidate, earlier: Collection[tuple[Key, Key]]
) -> bool:
    """Say whether two may never be matched.

    With oneself, with somebody in one's own line of supervision, with whom one of the two
    struck, or with whom one was matched before.
    """
    pair = (new.key, seasoned.key)
    return (
        new.key == seasoned.key
        or seasoned.key in new.line
        or new.key in seasoned.line
        or seasoned.key in new.strikes
        or new.key in seasoned.strikes
        or pair in earlier
        or pair[::-1] in earlier
    )


def score(new: Candidate, seasoned: Candidate) -> Scored:
    """Score how well two fit.

    >>> one = Candidate("a", practices=["circles"], district="north")
    >>> score(one, Candidate("b", practices=["circles"], district="south")).reasons
    (Reason.PRACTICE,)
    """
    shared: dict[Reason, set[Any]] = {
        Reason.PRACTICE: set(new.practices) & set(seasoned.practices),
        Reason.GRADES: set(new.grades) & set(seasoned.grades),
        Reason.LANGUAGE: set(new.languages) & set(seasoned.languages),
        Reason.HOURS: set(new.hours) & set(seasoned.hours),
        Reason.SCHOOL: {new.school} & {seasoned.school} - {None},
        Reason.DISTRICT: {new.district} & {seasoned.district} - {None},
    }
    reasons = tuple(reason for reason in Reason if shared[reason])
    points = sum(
        POINTS[reason]
        * (min(3, len(shared[reason])) if reason == Reason.PRACTICE else 1)
        for reason in reasons
    )
    return Scored(points, reasons)


def rank(
    news: Sequence[Candidate],
    seasoned: Sequence[Candidate],
    earlier: Collection[tuple[Key, Key]],
    cap: int | None = CAP,
) -> tuple[dict[Key, list[Key]], dict[Key, list[Key]]]:
    """Rank for each whom they could be matched with, the best first.

    Lists of the new are cut at `cap`. Whoever waited in the round before comes first in
    the lists of the seasoned. Those who fit equally well are in the order of their keys.
    """
    fits = {
        (new.key, other.key): score(new, other).points
        for new in news
        for other in seasoned
        if not is_excluded(new, other, earlier)
    }
    waited = {new.key: new.waited for new in news}
    asks = {
        new.key: sorted(
            (other.key for other in seasoned if (new.key, other.key) in fits),
            key=lambda key: (-fits[new.key, key], str(key)),
        )[:cap]
        for new in news
    }
    gives = {
        other.key: sorted(
            (new.key for new in news if (new.key, other.key) in fits),
            key=lambda key: (not waited[key], -fits[key, other.key], str(key)),
        )
        for other in seasoned
    }
    return asks, gives


def defer(
    asks: Mapping[Key, Sequence[Key]],
    gives: Mapping[Key, Sequence[Key]],
    capacity: Mapping[Key, int],
) -> dict[Key, Key]:
    """Match by deferred acceptance: each asker with at most one, each giver up to a capacity.

    The result is stable, and the best stable one for every asker, whatever the order.

    >>> defer({"a": ["x", "y"], "b": ["x"]}, {"x": ["b", "a"], "y": ["a"]}, {"x": 1, "y": 1})
    {'b': 'x', 'a': 'y'}
    """
    places = {
        giver: {key: at for at, key in enumerate(keys)} for giver, keys in gives.items()
    }
    held: dict[Key, list[Key]] = {giver: [] for giver in gives}
    next_ask = dict.fromkeys(asks, 0)
    free = list(asks)
    while free:
        asker = free.pop()
        if next_ask[asker] >= len(asks[asker]):
            continue
        giver = asks[asker][next_ask[asker]]
        next_ask[asker] += 1
        if asker not in places[giver]:
            free.append(asker)
            continue
        held[giver].append(asker)
        if len(held[giver]) > capacity[giver]:
            last = max(held[giver], key=places[giver].__getitem__)
            held[giver].remove(last)
            free.append(last)
    return {asker: giver for giver, askers in held.items() for asker in askers}


def match(
    news: Sequence[Candidate],
    seasoned: Sequence[Candidate],
    earlier: Collection[tuple[Key, Key]] = (),
) -> Matching:
    """Match the people of a round.

    First with lists of at most eight; whoever finds nobody so is tried with everybody who
    has room left. Those for whom there is still nobody are told of, and go first next time.
    """
    asks, gives = rank(news, seasoned, earlier)
    capacity = {each.key: each.capacity for each in seasoned}
    found = defer(asks, gives, capacity)
    left = [each for each in news if each.key not in found]
    if left:
        room = {
            key: capacity[key] - sum(giver == key for giver in found.values())
            for key in capacity
        }
        more_asks, more_gives = rank(left, seasoned, earlier, None)
        found |= defer(more_asks, more_gives, room)
    candidates = {each.key: each for each in (*news, *seasoned)}
    return Matching(
        {
            (new, other): score(candidates[new], candidates[other]).reasons
            for new, other in sorted(found.items(), key=str)
        },
        [each.key for each in news if each.key not in found],
    )
