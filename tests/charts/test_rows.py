"""Named bars, one below another."""

import re

from commonroot.charts.rows import Row, draw_rows


def test_bars_are_as_long_as_their_numbers():
    drawn = draw_rows("Answers", [Row("helped", 4, "4"), Row("did not", 2, "2")])
    first, second = map(float, re.findall(r'<rect[^>]* width="([\d.]+)"', drawn))

    assert first == 2 * second > 0


def test_words_are_told_to_whoever_does_not_see_the_picture():
    drawn = draw_rows("Answers", [Row("helped", 4, "4"), Row("did not", 2, "2")])

    assert "<title>Answers</title><desc>helped: 4; did not: 2</desc>" in drawn


def test_a_name_cannot_bring_markup():
    drawn = draw_rows('"><script>', [Row("<b>", 1, "1 & more")])

    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert "1 &amp; more" in drawn


def test_nothing_counted_is_drawn_without_a_bar():
    drawn = draw_rows("Answers", [Row("helped", 0, "0")])

    assert 'width="0" height="16"' in drawn
