"""Matching keeps its promises, whatever people want: judged by trying every way."""

import random
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from commonroot.domain.connections.fitting import (
    MOST_LISTED,
    Asking,
    Educator,
    Offering,
    may_meet,
    rank,
    tell_reasons,
    weigh,
)
from commonroot.domain.connections.matching import Way, accept, settle

NEWS, SEASONED = "abcd", "wxyz"


@st.composite
def wishes(draw):
    """Draw lists of up to four who ask and four who offer, and how many each takes."""
    news = NEWS[: draw(st.integers(1, 4))]
    seasoned = SEASONED[: draw(st.integers(1, 4))]

    def draw_list(others):
        size = draw(st.integers(0, len(others)))
        return draw(st.permutations(others))[:size]

    return (
        {new: draw_list(seasoned) for new in news},
        {each: draw_list(news) for each in seasoned},
        {each: draw(st.integers(0, 3)) for each in seasoned},
    )


def is_stable(pairs, asked, offered, capacity):
    """Say whether no two would both rather have one another: by looking at every two."""
    for new, seasoned in product(asked, offered):
        if seasoned not in asked[new] or new not in offered[seasoned]:
            continue
        own = pairs.get(new)
        wants = own is None or asked[new].index(seasoned) < asked[new].index(own)
        theirs = [each for each, whom in pairs.items() if whom == seasoned]
        has_room = len(theirs) < capacity[seasoned]
        rank_of = offered[seasoned].index
        rather = any(rank_of(new) < rank_of(each) for each in theirs)
        if wants and (has_room or (rather and capacity[seasoned])):
            return False
    return True


def list_every_way(asked, offered, capacity):
    """List every way of pairing that keeps to the lists and to each capacity."""
    news = list(asked)
    for chosen in product(*([None, *asked[new]] for new in news)):
        pairs = {n: s for n, s in zip(news, chosen, strict=True) if s is not None}
        if all(new in offered[seasoned] for new, seasoned in pairs.items()) and all(
            list(pairs.values()).count(each) <= capacity[each] for each in offered
        ):
            yield pairs


def accept_plainly(asked, offered, capacity):
    """Find the same by trying every way: the stable one that the new like best."""
    stable = [
        pairs
        for pairs in list_every_way(asked, offered, capacity)
        if is_stable(pairs, asked, offered, capacity)
    ]

    def liking(pairs):
        return [
            asked[new].index(pairs[new]) if new in pairs else len(asked[new])
            for new in asked
        ]

    best = [min(column) for column in zip(*map(liking, stable), strict=True)]
    return [pairs for pairs in stable if liking(pairs) == best]


@given(wishes())
@settings(max_examples=300, deadline=None)
def test_accept_is_the_stable_way_that_those_who_ask_like_best(wish):
    assert accept_plainly(*wish) == [accept(*wish)]


@given(wishes(), st.randoms())
def test_accept_does_not_depend_on_the_order_in_which_people_stand(wish, chance):
    asked, offered, capacity = wish

    def shuffle(lists):
        keys = list(lists)
        chance.shuffle(keys)
        return {key: lists[key] for key in keys}

    again = accept(shuffle(asked), shuffle(offered), shuffle(capacity))

    assert again == accept(*wish)


@given(wishes())
def test_nobody_gains_by_telling_a_shorter_list(wish):
    """Those who ask do best by saying what they want (Dubins and Freedman, 1981)."""
    asked, offered, capacity = wish
    honest = accept(*wish)
    for new, wanted in asked.items():
        for length in range(len(wanted)):
            told = accept({**asked, new: wanted[:length]}, offered, capacity)
            own = honest.get(new)
            better = wanted[: wanted.index(own)] if own else wanted
            assert told.get(new) not in better


def draw_educators(chance, names):
    """Make up educators with whatever they may have said."""
    some = lambda values: frozenset(  # noqa: E731  # three times on the next lines
        chance.sample(values, chance.randint(0, len(values)))
    )
    return [
        Educator(
            name,
            practices=some(["circles", "repair", "calm"]),
            grade_spans=some(["pk-2", "3-5"]),
            languages=some(["en", "es"]),
            hours=some(["lunch", "after"]),
            work=chance.choice(["class", "aide", ""]),
            school=chance.choice(["oak", "elm", ""]),
            district=chance.choice(["north", "south"]),
            county=chance.choice(["hill", ""]),
        )
        for name in names
    ]


def draw_round(seed, most=7):
    """Make up a round: who asks, who offers, who may not meet, who struck whom."""
    chance = random.Random(seed)
    news = draw_educators(chance, [f"n{i}" for i in range(chance.randint(0, most))])
    olds = draw_educators(chance, [f"s{i}" for i in range(chance.randint(0, most))])
    askings = [
        Asking(
            who,
            goes_first=chance.random() < 0.3,
            only_near=chance.random() < 0.2,
            not_own_school=chance.random() < 0.3,
            only_language=chance.choice(["", "", "es"]),
        )
        for who in news
    ]
    offerings = [
        Offering(who, chance.randint(0, 3), chance.random() < 0.4) for who in olds
    ]
    everybody = [each.key for each in (*news, *olds)]

    def draw_pairs(share):
        return {
            frozenset({one, other})
            for one in everybody
            for other in everybody
            if one < other and chance.random() < share
        }

    excluded, struck, in_line = draw_pairs(0.15), draw_pairs(0.1), draw_pairs(0.15)
    lists = rank(askings, offerings, excluded | in_line)
    return chance, askings, offerings, lists, excluded, struck, in_line


SEEDS = range(400)


def test_nobody_is_matched_who_may_not_be():
    for seed in SEEDS:
        _, askings, offerings, lists, excluded, struck, in_line = draw_round(seed)
        settled = settle(askings, offerings, lists, excluded, struck, in_line)
        by_new = {each.who.key: each for each in askings}
        by_seasoned = {each.who.key: each for each in offerings}
        barred = excluded | struck | in_line
        for pair in settled.pairs:
            assert may_meet(by_new[pair.new], by_seasoned[pair.seasoned], barred)


def test_nobody_is_missing_and_nobody_has_too_many():
    for seed in SEEDS:
        _, askings, offerings, lists, *barred = draw_round(seed)
        settled = settle(askings, offerings, lists, *barred)
        news = [each.new for each in settled.pairs]
        assert sorted([*news, *settled.new_left]) == sorted(
            each.who.key for each in askings
        )
        met = {each.seasoned for each in settled.pairs}
        assert met | set(settled.seasoned_left) == {each.who.key for each in offerings}
        assert not met & set(settled.seasoned_left)
        for each in offerings:
            own = [pair for pair in settled.pairs if pair.seasoned == each.who.key]
            thirds = [pair for pair in own if pair.way == Way.THIRD]
            assert len(own) - len(thirds) <= each.capacity
            assert len(thirds) <= each.takes_third


def test_whoever_is_left_could_be_matched_with_nobody():
    for seed in SEEDS:
        _, askings, offerings, lists, excluded, struck, in_line = draw_round(seed)
        settled = settle(askings, offerings, lists, excluded, struck, in_line)
        barred = excluded | struck | in_line
        for asking in askings:
            if asking.who.key not in settled.new_left:
                continue
            for offering in offerings:
                own = [p for p in settled.pairs if p.seasoned == offering.who.key]
                thirds = sum(pair.way == Way.THIRD for pair in own)
                if may_meet(asking, offering, barred):
                    assert len(own) - thirds == offering.capacity


def test_no_two_at_one_table_of_whom_one_evaluates_the_other():
    thirds = 0
    for seed in SEEDS:
        _, askings, offerings, lists, excluded, struck, in_line = draw_round(seed)
        settled = settle(askings, offerings, lists, excluded, struck, in_line)
        for third in settled.pairs:
            if third.way != Way.THIRD:
                continue
            thirds += 1
            for pair in settled.pairs:
                if pair.seasoned == third.seasoned and pair != third:
                    assert frozenset({pair.new, third.new}) not in in_line
    assert thirds > 20


def test_a_round_comes_out_the_same_in_whatever_order_people_joined():
    for seed in SEEDS:
        chance, askings, offerings, lists, *barred = draw_round(seed)
        before = settle(askings, offerings, lists, *barred)
        chance.shuffle(askings)
        chance.shuffle(offerings)
        assert rank(askings, offerings, barred[0] | barred[2]) == lists
        assert settle(askings, offerings, lists, *barred) == before


def test_whoever_was_left_the_last_time_goes_first():
    seasoned = Offering(Educator("s", practices=frozenset({"circles"})), 1)
    fits = Asking(Educator("fits", practices=frozenset({"circles"})))
    waited = Asking(Educator("waited"), goes_first=True)
    lists = rank([fits, waited], [seasoned])
    settled = settle([fits, waited], [seasoned], lists)

    assert [(each.new, each.seasoned) for each in settled.pairs] == [("waited", "s")]
    assert settled.new_left == ("fits",)


def test_a_list_has_eight_names_at_most_and_the_ninth_is_found_beyond_it():
    seasoned = Offering(Educator("s"), 9)
    news = [Asking(Educator(f"n{number}")) for number in range(9)]
    lists = rank(news, [seasoned])
    settled = settle(news, [seasoned], lists)

    assert len(lists["s"]) == MOST_LISTED
    assert (
        sorted(each.way.value for each in settled.pairs) == ["beyond"] + ["listed"] * 8
    )


def test_a_third_is_taken_only_by_whoever_said_so():
    for takes_third, left in ((True, ()), (False, 1)):
        seasoned = Offering(Educator("s"), 1, takes_third)
        news = [Asking(Educator("a")), Asking(Educator("b"))]
        settled = settle(news, [seasoned], rank(news, [seasoned]))
        assert len(settled.new_left) == (left or 0)


def test_two_who_share_no_language_are_not_matched():
    one = Asking(Educator("a", languages=frozenset({"es"})))
    other = Offering(Educator("s", languages=frozenset({"en"})))
    silent = Offering(Educator("t"))

    assert (may_meet(one, other, ()), may_meet(one, silent, ())) == (False, True)


def test_what_is_shared_weighs_more_than_nothing_and_a_long_list_no_more_than_three():
    def made(key, *practices):
        return Educator(key, practices=frozenset(practices))

    few, many = "abc", "abcdefg"
    assert weigh(tell_reasons(made("1", *many), made("2", *many))) == weigh(
        tell_reasons(made("1", *few), made("2", *few))
    )
    assert weigh(tell_reasons(made("1", "a"), made("2", "a"))) > weigh([])
