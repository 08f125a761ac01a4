"""What all drawings share: their colours, their words, and how they are written as SVG.

A drawing has its colours as attributes, so that a PDF looks like the page. A page may
give others by class, for the dark. Nothing in it is a style, which a page may forbid.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

INK, SOFT, QUIET = "#22302f", "#5c6763", "#8a938f"
ACCENT, PALE, BAND, SIGNAL = "#a4502f", "#9c8a70", "#ece7dd", "#f3ddcf"
GRID, PAPER = "#e6e3dc", "#ffffff"
TEXT_SIZE = 12


def list_caption(title: str, description: str = "") -> list[Element]:
    """List the title and the description that a drawing begins with.

    >>> [write(each) for each in list_caption("Weeks, median < 5", "Nothing new.")]
    ['<title>Weeks, median &lt; 5</title>', '<desc>Nothing new.</desc>']
    """
    told = []
    for name, words in (("title", title), ("desc", description)):
        if words:
            element = Element(name)
            element.text = words
            told.append(element)
    return told


def begin_drawing(
    kind: str,
    *,
    width: int,
    height: int,
    title: str,
    description: str = "",
    left: int = 0,
) -> Element:
    """Begin a drawing of a kind, whose name is its class; `left` is room before zero.

    >>> write(begin_drawing("bars", width=9, height=4, title="Two"))
    '<svg class="bars" xmlns="http://www.w3.org/2000/svg" width="9" height="4" viewBox="0 0 9 4" role="img"><title>Two</title></svg>'
    """
    svg = Element(
        "svg",
        {
            "class": kind,
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(width),
            "height": str(height),
            "viewBox": f"{-left} 0 {width} {height}",
            "role": "img",
        },
    )
    svg.extend(list_caption(title, description))
    return svg


def add_shape(
    svg: Element, shape: str, places: Mapping[str, float], **looks: str
) -> None:
    """Add a shape at its places; in the names of its looks `_` stands for `-`.

    >>> svg = Element("svg")
    >>> add_shape(svg, "line", {"x1": 0, "x2": 12.34}, stroke_width="4")
    >>> write(svg)
    '<svg><line x1="0" x2="12.3" stroke-width="4" /></svg>'
    """
    SubElement(svg, shape, {**write_places(places), **write_looks(looks)})


def add_words(svg: Element, words: str, x: float, y: float, **looks: str) -> None:
    """Add words at a place, whatever stands in them.

    >>> svg = Element("svg")
    >>> add_words(svg, "3 < 5", 1, 2, fill=INK)
    >>> write(svg)
    '<svg><text x="1" y="2" font-size="12" fill="#22302f">3 &lt; 5</text></svg>'
    """
    places = write_places({"x": x, "y": y, "font-size": TEXT_SIZE})
    SubElement(svg, "text", {**places, **write_looks(looks)}).text = words


def write(svg: Element) -> str:
    """Write a drawing as text, with all words in it escaped."""
    return tostring(svg, encoding="unicode")


def write_places(places: Mapping[str, float]) -> dict[str, str]:
    """Write places to a tenth, which no eye tells from more.

    >>> write_places({"x": 0, "width": 46.125})
    {'x': '0', 'width': '46.1'}
    """
    return {name: f"{round(value, 1):g}" for name, value in places.items()}


def write_looks(looks: Mapping[str, str]) -> dict[str, str]:
    """Write looks under their names in SVG.

    >>> write_looks({"class_": "dot", "text_anchor": "middle"})
    {'class': 'dot', 'text-anchor': 'middle'}
    """
    return {name.strip("_").replace("_", "-"): look for name, look in looks.items()}
