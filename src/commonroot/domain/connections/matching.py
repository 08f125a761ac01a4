"""Who meets whom: deferred acceptance, the best for those who ask, within each capacity.

Gale and Shapley (1962), "College Admissions and the Stability of Marriage": those who ask
propose down their lists, those who offer keep the best they were asked by. No framework
and no database.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from commonroot.domain.connections.fitting import Asking, Offering, Pair, rank

Lists = Mapping[str, Sequence[str]]


class Way(Enum):
    """How a pair came about."""

    LISTED = "listed"
    BEYOND = "beyond"
    THIRD = "third"


@dataclass(frozen=True, order=True)
class Found:
    """One pair: who is new, who is seasoned."""

    new: str
    seasoned: str
    way: Way = Way.LISTED


@dataclass(frozen=True)
class Settled:
    """All pairs, and everybody who is left without one: nobody is missing."""

    pairs: tuple[Found, ...]
    new_left: tuple[str, ...]
    seasoned_left: tuple[str, ...]


def accept(asked: Lists, offered: Lists, capacity: Mapping[str, int]) -> dict[str, str]:
    """Pair those who ask with those who offer: new to seasoned, stable, best for the new.

    A pair can come about when each stands on the other's list.

    >>> accept({"a": ["s", "t"], "b": ["s"]}, {"s": ["b", "a"], "t": ["a"]}, {"s": 1, "t": 1})
    {'a': 't', 'b': 's'}
    """
    place = {
        key: {new: number for number, new in enumerate(news)}
        for key, news in offered.items()
    }
    kept: dict[str, list[str]] = {key: [] for key in offered}
    nth = dict.fromkeys(asked, 0)
    waiting = list(asked)
    while waiting:
        new = waiting.pop()
        if nth[new] == len(asked[new]):
            continue
        seasoned = asked[new][nth[new]]
        nth[new] += 1
        if new not in place.get(seasoned, {}):
            waiting.append(new)
            continue
        kept[seasoned].append(new)
        kept[seasoned].sort(key=place[seasoned].__getitem__)
        waiting += kept[seasoned][capacity.get(seasoned, 0) :]
        del kept[seasoned][capacity.get(seasoned, 0) :]
    pairs = {new: seasoned for seasoned, news in kept.items() for new in news}
    return dict(sorted(pairs.items()))


def settle(
    askings: Collection[Asking],
    offerings: Collection[Offering],
    lists: Lists,
    excluded: Collection[Pair] = (),
    struck: Collection[Pair] = (),
    in_line: Collection[Pair] = (),
    met: Mapping[str, Collection[str]] | None = None,
) -> Settled:
    """Pair as many as can be: by the lists, then beyond them, then as a third.

    `lists` are what people saw; whom somebody struck is in `struck`. `excluded` may not
    be matched, whatever the lists say. `in_line` may not sit at one table either: no
    third joins somebody's others when one evaluates the other. `met` says whom each
    seasoned person has already; their capacity is what is left.
    """
    hard = {*excluded, *in_line, *struck}
    room = {each.who.key: each.capacity for each in offerings}
    first = accept(
        {each.who.key: keep(lists, each.who.key, hard) for each in askings},
        {each.who.key: keep(lists, each.who.key, hard) for each in offerings},
        room,
    )
    found = [Found(new, seasoned) for new, seasoned in first.items()]
    left = [each for each in askings if each.who.key not in first]
    room = {key: free - count(found, key) for key, free in room.items()}
    beyond = pair_beyond(left, offerings, hard, room)
    found += [Found(new, key, Way.BEYOND) for new, key in beyond.items()]
    left = [each for each in left if each.who.key not in beyond]
    found += add_thirds(left, offerings, hard, in_line, found, met or {})
    matched = {each.new for each in found} | {each.seasoned for each in found}
    return Settled(
        tuple(sorted(found, key=lambda each: (each.new, each.seasoned))),
        tuple(sorted(each.who.key for each in askings if each.who.key not in matched)),
        tuple(
            sorted(
                each.who.key
                for each in offerings
                if each.who.key not in matched and not (met or {}).get(each.who.key)
            )
        ),
    )


def keep(lists: Lists, key: str, hard: Collection[Pair]) -> list[str]:
    """Keep of a list whom its owner may be matched with."""
    return [each for each in lists.get(key, ()) if frozenset({key, each}) not in hard]


def count(found: Collection[Found], seasoned: str) -> int:
    """Count the pairs of somebody seasoned."""
    return sum(each.seasoned == seasoned for each in found)


def pair_beyond(
    left: Collection[Asking],
    offerings: Collection[Offering],
    hard: Collection[Pair],
    room: Mapping[str, int],
) -> dict[str, str]:
    """Pair those whom their lists left without a match with whoever has room."""
    free = [each for each in offerings if room[each.who.key] > 0]
    lists = rank(left, free, hard, most=None)
    return accept(
        {each.who.key: lists[each.who.key] for each in left},
        {each.who.key: lists[each.who.key] for each in free},
        room,
    )


def add_thirds(
    left: Collection[Asking],
    offerings: Collection[Offering],
    hard: Collection[Pair],
    in_line: Collection[Pair],
    found: Collection[Found],
    met: Mapping[str, Collection[str]],
) -> list[Found]:
    """Let one more join where somebody seasoned takes a third beside whom they have."""
    others = {
        each.who.key: {
            *met.get(each.who.key, ()),
            *(pair.new for pair in found if pair.seasoned == each.who.key),
        }
        for each in offerings
    }
    taking = [
        replace(each, capacity=1)
        for each in offerings
        if each.takes_third and others[each.who.key]
    ]
    barred = {
        frozenset({new.who.key, each.who.key})
        for new in left
        for each in taking
        if any(
            frozenset({new.who.key, other}) in in_line for other in others[each.who.key]
        )
    }
    room = {each.who.key: 1 for each in taking}
    thirds = pair_beyond(left, taking, {*hard, *barred}, room)
    return [Found(new, key, Way.THIRD) for new, key in thirds.items()]
