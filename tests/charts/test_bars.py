"""A pattern's two bars have one scale, and their numbers stand beside them in words."""

from charts.drawings import SVG, find_class, list_words, read_bars
from commonroot.languages import speaking


def measure(drawn, name):
    return float(find_class(drawn, name).get("width"))


def test_the_bars_are_as_long_as_their_numbers():
    drawn = read_bars(40, 10, largest=40)

    assert measure(drawn, "seen") == 150
    assert measure(drawn, "seen") == 4 * measure(drawn, "expected")


def test_a_larger_pattern_beside_it_makes_the_bars_shorter():
    assert measure(read_bars(40, 10, largest=80), "seen") == 75


def test_even_almost_nothing_has_a_bar():
    assert measure(read_bars(40, 0.01, largest=40), "expected") == 1


def test_the_words_say_both_numbers_and_so_does_the_title():
    drawn = read_bars(1200, 12.3, largest=1200, description="Bus")

    assert list_words(drawn) == ["1,200 seen", "about 12 expected"]
    assert drawn.find(f"{SVG}title").text == (
        "Two bars: 1,200 incidents seen, about 12 expected."
    )
    assert drawn.find(f"{SVG}desc").text == "Bus"


def test_the_words_are_said_in_the_language_that_is_spoken():
    with speaking("es"):
        drawn = read_bars(40, 12.3)

    assert list_words(drawn) == ["40 vistos", "cerca de 12 esperados"]


def test_the_words_stand_beside_their_bars_and_within_the_drawing():
    drawn = read_bars(40, 40, largest=40)

    _left, _top, width, height = map(float, drawn.get("viewBox").split())
    for text in drawn.iter(f"{SVG}text"):
        assert 150 < float(text.get("x")) < width - 100
        assert 0 < float(text.get("y")) < height


def test_a_font_is_named_only_where_no_page_gives_one():
    assert read_bars().get("font-family") is None
    assert read_bars(font="Libertinus Serif").get("font-family") == "Libertinus Serif"
