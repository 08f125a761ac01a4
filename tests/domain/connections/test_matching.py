"""Who is matched with whom: judged by hand, by properties, and by trying everything."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from commonroot.domain.connections.choices import Reason
from commonroot.domain.connections.matching import (
    Candidate,
    defer,
    is_excluded,
    match,
    rank,
    score,
)

# Gale and Shapley 1962, their example 2: three men, three women, and only one of the
# stable sets of marriages gives every man his first choice.
MEN = {"A": ["a", "b", "c"], "B": ["b", "c", "a"], "C": ["c", "a", "b"]}
WOMEN = {"a": ["B", "C", "A"], "b": ["C", "A", "B"], "c": ["A", "B", "C"]}


def test_the_published_example_gives_every_proposer_the_first_choice():
    found = defer(MEN, WOMEN, dict.fromkeys(WOMEN, 1))

    assert found == {"A": "a", "B": "b", "C": "c"}


def lists(of, over):
    return st.fixed_dictionaries(
        {
            key: st.permutations(over).flatmap(
                lambda order: st.integers(0, len(order)).map(lambda n: list(order[:n]))
            )
            for key in of
        }
    )


ASKERS, GIVERS = ["a", "b", "c", "d"], ["x", "y", "z"]
MARKETS = st.tuples(
    lists(ASKERS, GIVERS),
    lists(GIVERS, ASKERS),
    st.fixed_dictionaries({key: st.integers(0, 2) for key in GIVERS}),
)


def list_all(asks, gives, capacity):
    """List every matching in which both sides accept one another."""
    options = [[None, *(g for g in asks[a] if a in gives[g])] for a in asks]
    for chosen in itertools.product(*options):
        if all(chosen.count(g) <= capacity[g] for g in gives):
            yield {a: g for a, g in zip(asks, chosen, strict=True) if g is not None}


def is_stable(found, asks, gives, capacity):
    """Say, by the definition alone, whether no two would rather have one another."""
    for a in asks:
        for g in asks[a]:
            if a not in gives[g] or found.get(a) == g:
                continue
            mine = found.get(a)
            wants = mine is None or asks[a].index(g) < asks[a].index(mine)
            held = [each for each, other in found.items() if other == g]
            room = len(held) < capacity[g]
            better = any(gives[g].index(a) < gives[g].index(each) for each in held)
            if wants and (room or better) and capacity[g]:
                return False
    return True


@given(MARKETS)
@settings(max_examples=200, deadline=None)
def test_nobody_would_rather_have_one_another(market):
    assert is_stable(defer(*market), *market)


@given(MARKETS)
@settings(max_examples=100, deadline=None)
def test_every_asker_has_the_best_that_any_stable_matching_gives(market):
    asks, gives, capacity = market
    found = defer(*market)
    stable = [each for each in list_all(*market) if is_stable(each, *market)]

    assert found in stable
    for asker in asks:
        best = min(
            (asks[asker].index(each[asker]) for each in stable if asker in each),
            default=None,
        )
        mine = asks[asker].index(found[asker]) if asker in found else None
        assert mine == best


@given(MARKETS, st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_people_are_looked_at_changes_nothing(market, chance):
    asks, gives, capacity = market
    keys = list(asks)
    chance.shuffle(keys)

    assert defer({key: asks[key] for key in keys}, gives, capacity) == defer(*market)


PEOPLE = st.lists(
    st.builds(
        Candidate,
        key=st.integers(0, 30),
        practices=st.lists(st.sampled_from("pqrs"), unique=True),
        grades=st.lists(st.sampled_from("12"), unique=True),
        school=st.sampled_from([None, "s", "t"]),
        capacity=st.integers(1, 3),
        waited=st.booleans(),
        strikes=st.lists(st.integers(0, 30), max_size=3),
        line=st.lists(st.integers(0, 30), max_size=3),
    ),
    unique_by=lambda each: each.key,
    max_size=12,
)


@given(PEOPLE, PEOPLE, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
@settings(max_examples=200, deadline=None)
def test_no_excluded_pair_is_ever_matched_and_nobody_is_forgotten(
    news, others, earlier
):
    others = [each for each in others if each.key not in {new.key for new in news}]
    found = match(news, others, earlier)
    by_key = {each.key: each for each in (*news, *others)}
    matched = [new for new, _other in found.pairs]

    assert not any(
        is_excluded(by_key[new], by_key[other], earlier) for new, other in found.pairs
    )
    assert sorted([*matched, *found.unmatched]) == sorted(each.key for each in news)
    for each in others:
        assert sum(other == each.key for _new, other in found.pairs) <= each.capacity


@given(PEOPLE, PEOPLE)
@settings(max_examples=100, deadline=None)
def test_whoever_is_unmatched_could_be_matched_with_nobody_who_has_room(news, others):
    others = [each for each in others if each.key not in {new.key for new in news}]
    found = match(news, others)
    by_key = {each.key: each for each in news}
    for key, each in itertools.product(found.unmatched, others):
        has_room = sum(o == each.key for _n, o in found.pairs) < each.capacity
        assert not has_room or is_excluded(by_key[key], each, ())


def test_what_two_share_makes_the_score_and_the_reasons():
    one = Candidate(
        "a", ["circles", "repair"], ["3-5"], ["spanish"], ["lunch"], "s", "d"
    )
    two = Candidate(
        "b", ["circles", "repair"], ["3-5"], ["spanish"], ["lunch"], "s", "d"
    )
    far = Candidate("c", school="t", district="e")

    assert score(one, two).reasons == tuple(Reason)
    assert score(one, two).points == 2 * 5 + 3 + 3 + 2 + 2 + 1
    assert score(one, far) == score(far, one)
    assert (score(one, far).points, score(one, far).reasons) == (0, ())


def test_whoever_waited_goes_first_with_those_who_have_room():
    fits = Candidate("fits", ["circles"])
    waited = Candidate("waited", waited=True)
    other = Candidate("other", ["circles"])

    assert match([fits, waited], [other]).unmatched == ["fits"]


def test_lists_are_cut_at_eight_and_whoever_finds_nobody_is_tried_with_all():
    news = [Candidate(f"n{at}", ["p"]) for at in range(9)]
    others = [Candidate(f"o{at}", ["p"]) for at in range(9)]
    asks, _gives = rank(news, others, ())

    assert {len(each) for each in asks.values()} == {8}
    assert match(news, others).unmatched == []
