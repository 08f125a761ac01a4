"""A check's interval lies where its ratio lies, and never beyond the line."""

import pytest

from charts.drawings import SVG, find_class, list_words, read_interval
from commonroot.charts.interval import place_ratio
from commonroot.languages import speaking


def read_ends(drawn):
    span = find_class(drawn, "span")
    return float(span.get("x1")), float(span.get("x2"))


def find_words(drawn, words):
    (found,) = (each for each in drawn.iter(f"{SVG}text") if each.text == words)
    return float(found.get("x"))


def test_half_and_double_are_as_far_from_the_same():
    assert place_ratio(1.0) == 0.5
    assert place_ratio(2.0) - 0.5 == pytest.approx(0.5 - place_ratio(0.5))


@pytest.mark.parametrize(
    ("ratio", "place"), [(-1.0, 0.0), (0.0, 0.0), (0.01, 0.0), (99.0, 1.0)]
)
def test_what_lies_beyond_the_line_is_drawn_at_its_end(ratio, place):
    assert place_ratio(ratio) == place


def test_the_interval_ends_under_the_words_for_its_ends():
    drawn = read_interval(0.5, 1.0, 2.0)

    assert read_ends(drawn) == (find_words(drawn, "half"), find_words(drawn, "double"))
    assert float(find_class(drawn, "dot").get("cx")) == find_words(drawn, "the same")


def test_ends_that_are_not_known_reach_both_ends_of_the_line():
    assert read_ends(read_interval(None, 1.0, None)) == (0, 320)


def test_the_round_ends_of_the_line_are_not_cut_off():
    left, _top, width, _height = map(
        float, read_interval(None, 4.0, None).get("viewBox").split()
    )

    assert left <= -5
    assert left + width >= 325


def test_the_words_are_said_in_the_language_that_is_spoken():
    with speaking("es"):
        drawn = read_interval()

    assert list_words(drawn) == ["la mitad", "igual", "el doble"]
