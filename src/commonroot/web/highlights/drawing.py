"""A page of the year drawn as one sheet: a tagged PDF or a picture."""

import json
from importlib.resources import files
from typing import Literal

import typst
from django.utils.translation import get_language

from commonroot.web.highlights.telling import YearTold, tell_before

PICTURE_POINTS = 144.0


def draw_year(told: YearTold, kind: Literal["pdf", "png"]) -> bytes:
    """Draw a page of the year, all of it on one sheet."""
    content = {
        "title": told.title,
        "lead": told.lead,
        "numbers": [
            {
                "value": each.value,
                "label": each.label,
                "before": tell_before(each),
            }
            for each in told.numbers
        ],
        "pictures": [
            {"says": each.says, "svg": str(each.svg)} for each in told.pictures
        ],
        "quotes": [{"words": each.words, "whose": each.whose} for each in told.quotes],
        "shifts": told.shifts,
        "did_not_work": told.did_not_work,
        "state": told.state,
        "words": told.words,
        "language": (get_language() or "en")[:2],
    }
    template = (
        files("commonroot.web.highlights") / "templates" / "highlights" / "year.typ"
    )
    drawn = typst.compile(
        template.read_bytes(),
        format=kind,
        ppi=PICTURE_POINTS,
        ignore_system_fonts=True,
        sys_inputs={"year": json.dumps(content)},
        timestamp=0,
    )
    # What does not fit goes to a second sheet of a PDF; a picture is of the first.
    first = drawn[0] if isinstance(drawn, list) else drawn
    if not isinstance(first, bytes):
        raise TypeError("nothing was drawn")
    return first
