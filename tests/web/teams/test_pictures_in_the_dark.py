"""Pictures bring the colours of paper; a page gives them its own, by their classes."""

import re
from pathlib import Path

import pytest

import commonroot
from charts.drawings import list_elements, read_bars, read_interval

STYLE = Path(commonroot.__file__).parent / "web/shell/static/shell/site.css"
COLOUR = re.compile(r"(fill|stroke): var\(--")


def find_rule(selector):
    found = re.search(rf"^{re.escape(selector)} {{(.*?)}}", STYLE.read_text(), re.M)
    return found[1] if found else ""


@pytest.mark.parametrize("draw", [read_bars, read_interval])
def test_every_colour_of_a_picture_has_one_for_the_page(draw):
    svg, *inside = list_elements(draw())
    coloured = [each for each in inside if {"fill", "stroke"} & set(each.attrib)]

    assert len(coloured) >= 4
    for each in coloured:
        name = f".{each.get('class')}" if each.get("class") else "text"
        rule = find_rule(f".{svg.get('class')} {name}")
        replaced = {match[1] for match in COLOUR.finditer(rule)}
        assert replaced == {"fill", "stroke"} & set(each.attrib), name
