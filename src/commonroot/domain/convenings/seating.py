"""Who sits with whom: tables of a consultancy, and pairs of a connection round."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from networkx import Graph, max_weight_matching

# Each person may meet so many others before the best pairs are chosen: enough for a whole
# pairing, few enough for a gathering of hundreds.
CANDIDATES = 16
PAIR = 2
OTHER_DISTRICT, SAME_LANGUAGE = 1, 2

Met = frozenset[str]


@dataclass(frozen=True)
class Comer:
    """Somebody who is seated: a key, the school they come with, its district, a language."""

    key: str
    school: str
    district: str = ""
    language: str = ""


def seat_listeners(
    comers: Iterable[Comer], askers: Mapping[str, Comer]
) -> dict[str, list[str]]:
    """Seat everybody at the table of a question; gives the keys at each table.

    `askers` has for each question whoever tells it: they stay. Everybody else goes where
    the fewest of their own school and the fewest people are, and never to their own
    school's question while there is another.

    >>> ana, ben, noor = Comer("Ana", "Oak"), Comer("Ben", "Oak"), Comer("Noor", "Elm")
    >>> seat_listeners([ana, ben, noor], {"Why do they run?": ana, "Who eats alone?": noor})
    {'Why do they run?': ['Ana'], 'Who eats alone?': ['Noor', 'Ben']}
    """
    seated = {question: [asker] for question, asker in askers.items()}
    staying = {asker.key for asker in askers.values()}
    for comer in interleave(each for each in comers if each.key not in staying):
        foreign = [
            question for question in seated if askers[question].school != comer.school
        ]
        if not (tables := foreign or list(seated)):
            continue
        best = min(
            tables,
            key=lambda question: (
                sum(each.school == comer.school for each in seated[question]),
                len(seated[question]),
            ),
        )
        seated[best].append(comer)
    return {
        question: [each.key for each in there] for question, there in seated.items()
    }


def interleave(comers: Iterable[Comer]) -> list[Comer]:
    """Order people so that those of one school stand apart, the largest school first."""
    by_school: dict[str, list[Comer]] = defaultdict(list)
    for each in comers:
        by_school[each.school].append(each)
    schools = sorted(by_school.values(), key=len, reverse=True)
    return [
        there[turn]
        for turn in range(max(map(len, schools), default=0))
        for there in schools
        if turn < len(there)
    ]


def pair_up(comers: Sequence[Comer], met: Collection[Met]) -> list[list[str]]:
    """Pair people of different schools who have not met; whoever is left makes a pair three.

    As many pairs as there can be, among them those of different districts and of one
    language first. `met` has the pairs that are not made again. Where more are left than
    pairs can take, they sit together: nobody sits alone unless there is one person only.
    The pairing is a maximum weight matching (Edmonds, 1965), by networkx.

    >>> people = [Comer("Ana", "Oak"), Comer("Ben", "Oak"), Comer("Noor", "Elm")]
    >>> pair_up(people, [frozenset({"Ana", "Noor"})])
    [['Noor', 'Ben', 'Ana']]
    """
    known = frozenset(met)
    order = interleave(comers)
    graph = Graph()
    graph.add_nodes_from(each.key for each in order)
    for place, one in enumerate(order):
        after = (order[(place + step) % len(order)] for step in range(1, len(order)))
        fits = (
            other
            for other in after
            if other.school != one.school
            and frozenset({one.key, other.key}) not in known
        )
        for other in islice(fits, CANDIDATES):
            graph.add_edge(one.key, other.key, weight=weigh(one, other))
    matched = max_weight_matching(graph, maxcardinality=True)
    places = {each.key: place for place, each in enumerate(order)}
    tables = sorted(
        (sorted(pair, key=places.__getitem__) for pair in matched),
        key=lambda pair: places[pair[0]],
    )
    return seat_the_left(order, tables, known)


def weigh(one: Comer, other: Comer) -> int:
    """Weigh a pair: other districts and one language make it likelier."""
    return (
        1
        + OTHER_DISTRICT * (one.district != other.district)
        + SAME_LANGUAGE * (bool(one.language) and one.language == other.language)
    )


def seat_the_left(
    order: Sequence[Comer], tables: list[list[str]], met: Collection[Met]
) -> list[list[str]]:
    """Seat whoever has no partner: as a third, first where they know nobody, or together."""
    schools = {each.key: each.school for each in order}
    at_table = {key for table in tables for key in table}
    together = []
    for key in (each.key for each in order if each.key not in at_table):
        pairs = [table for table in tables if len(table) == PAIR]
        if not pairs:
            together.append(key)
            continue
        min(pairs, key=lambda table: count_known(key, table, schools, met)).append(key)
    rest = [together[place : place + PAIR] for place in range(0, len(together), PAIR)]
    if rest and len(rest[-1]) == 1 and len(order) > 1:
        if len(rest) > 1:
            alone = rest.pop()
            rest[-1] += alone
        else:
            # Every table has three by now: one of them keeps the last one company.
            rest[-1].append(tables[-1].pop())
    return tables + rest


def count_known(
    key: str, table: Sequence[str], schools: Mapping[str, str], met: Collection[Met]
) -> int:
    """Count those at a table whom somebody knows: from their school, or met before."""
    return sum(
        schools[each] == schools[key] or frozenset({each, key}) in met for each in table
    )
