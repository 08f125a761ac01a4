"""Drawings hold words that anybody wrote, in pages that allow no style of their own."""

import io
from xml.etree import ElementTree as ET

import pytest
import typst
from pypdf import PdfReader

from charts.drawings import DRAWINGS, SVG, list_elements, list_words
from commonroot.charts.bars import describe_bars
from commonroot.charts.drawing import add_words, begin_drawing, write

HARMFUL = '</text><script>alert("&")</script>'


def test_words_stay_words_whatever_stands_in_them():
    svg = begin_drawing(
        "bars", width=9, height=9, title=HARMFUL, description=HARMFUL, left=1
    )
    add_words(svg, HARMFUL, 1, 2, fill='"><script>')

    drawn = write(svg)

    assert "<script" not in drawn
    assert [each.text for each in ET.fromstring(drawn)] == [HARMFUL] * 3
    assert ET.fromstring(drawn)[2].get("fill") == '"><script>'


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_one_picture_with_a_title_and_a_description(draw):
    drawn = draw()

    assert drawn.get("role") == "img"
    title, description = drawn[:2]
    assert title.tag == f"{SVG}title"
    assert title.text in ("Title & words", describe_bars(40, 12.3))
    assert description.tag == f"{SVG}desc"
    assert description.text == "Description < words"
    named = [each for each in list_elements(drawn)[1:] if each.get("role")]
    assert named == []


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_no_drawing_has_a_style_a_script_or_an_address(draw):
    for each in list_elements(draw()):
        assert each.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image")
        assert not {"style", "href", "onload", "id"} & set(each.attrib)


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_what_is_drawn_has_its_colour_without_a_page(draw):
    shapes = {f"{SVG}{name}" for name in ("rect", "line", "circle", "text")}
    for each in list_elements(draw()):
        if each.tag in shapes:
            assert "fill" in each.attrib or "stroke" in each.attrib


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_pdf_takes_the_drawing_with_all_its_words(draw):
    drawn = draw()
    pdf = typst.compile(
        b'#image(bytes(sys.inputs.svg), format: "svg")',
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"svg": ET.tostring(drawn, encoding="unicode")},
    )

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    printed = page.extract_text()
    assert len(list_words(drawn)) >= 2
    assert [each for each in list_words(drawn) if each not in printed] == []
