"""Shares are told of released counts only, with their ends as ranges."""

import pytest

from commonroot.analysis.disclosure.design import Design
from commonroot.analysis.disclosure.releasing import release
from commonroot.analysis.disclosure.rules import Counted, Counts
from commonroot.analysis.disclosure.seal import UnreleasedError
from commonroot.analysis.disclosure.shares import code_share, may_show_ratio, tell_share


def test_no_group_of_three_hundred_or_fewer_shows_all_or_none():
    told = {
        str(code_share(part, whole)) for whole in range(10, 301) for part in (0, whole)
    }

    assert told == {
        *(f"{end}% or less" for end in (20, 10, 5, 2)),
        *(f"{100 - end}% or more" for end in (20, 10, 5, 2)),
    }


def test_a_share_is_true_to_the_point_or_to_its_range():
    wrong = [
        (part, whole)
        for whole in range(10, 400)
        for part in range(whole + 1)
        for share in [code_share(part, whole)]
        if not share.low - 1 <= 100 * part / whole <= share.high + 1
    ]

    assert wrong == []


def test_nothing_is_told_of_nine():
    assert code_share(4, 9) is None


def test_a_number_that_was_not_released_has_no_share():
    with pytest.raises(UnreleasedError):
        tell_share(4, 12)


def test_a_hidden_number_has_no_share():
    rows = {("a",): Counted(40, 30), ("b",): Counted(4, 3), ("c",): Counted(20, 15)}
    cells = release(Counts(("p",), rows), Design({"p": ("p",)}, (("p",),))).cells

    assert tell_share(cells["b",], cells["*",]) is None
    assert str(tell_share(cells["a",], cells["*",])) == "63%"


def test_ratios_need_thirty_and_ten():
    assert not may_show_ratio((10, 10), (29, 300))
    assert not may_show_ratio((10, 9), (30, 300))
    assert may_show_ratio((10, 10), (30, 300))


def test_no_setting_lowers_the_limits_of_ratios():
    with pytest.raises(ValueError, match="groups of 20"):
        may_show_ratio((10, 10), (30, 30), fewest_in_group=19)
