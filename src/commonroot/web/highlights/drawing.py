"""A page of the year drawn as one sheet: a tagged PDF or a picture."""

import json
from importlib.resources import files
from typing import Any, Literal

import typst
from django.utils.translation import get_language

from commonroot.web.highlights.telling import YearTold, tell_beside

PICTURE_POINTS, COARSE = 144.0, 12.0
SIZES = (1.0, 0.92, 0.85, 0.78, 0.72)


def draw_year(told: YearTold, kind: Literal["pdf", "png"]) -> bytes:
    """Draw a page of the year, all of it on one sheet."""
    content = {
        "title": told.title,
        "lead": told.lead,
        "numbers": [
            {
                "value": each.value,
                "label": each.label,
                "before": tell_beside(each),
            }
            for each in told.numbers
        ],
        "pictures": [
            {"says": each.says, "svg": str(each.svg)} for each in told.pictures
        ],
        "quotes": [{"words": each.words, "whose": each.whose} for each in told.quotes],
        "shifts": told.shifts,
        "did_not_work": told.did_not_work,
        "state": f"{told.state} {told.written_in}".strip(),
        "written": told.language,
        "words": told.words,
        "language": (get_language() or "en")[:2],
    }
    template = (
        files("commonroot.web.highlights") / "templates" / "highlights" / "year.typ"
    )
    source = template.read_bytes()
    inputs = fit(source, content)
    drawn = typst.compile(
        source,
        format=kind,
        ppi=PICTURE_POINTS,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=0,
    )
    first = drawn[0] if isinstance(drawn, list) else drawn
    if not isinstance(first, bytes):
        raise TypeError("nothing was drawn")
    return first


def fit(source: bytes, content: dict[str, Any]) -> dict[str, str]:
    """Fit a page on one sheet: set it smaller, step by step, until all of it stands there."""
    inputs = {}
    for size in SIZES:
        inputs = {"year": json.dumps({**content, "size": size})}
        if count_sheets(source, inputs) == 1:
            break
    return inputs


def count_sheets(source: bytes, inputs: dict[str, str]) -> int:
    """Count the sheets that a page takes, by drawing it coarsely."""
    drawn = typst.compile(
        source, format="png", ppi=COARSE, ignore_system_fonts=True, sys_inputs=inputs
    )
    return len(drawn) if isinstance(drawn, list) else 1
