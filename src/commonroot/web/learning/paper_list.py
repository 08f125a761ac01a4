"""The paper list of a session: who is expected, and room for whoever walks in."""

import json
from importlib.resources import files

import typst
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import SeatState
from commonroot.domain.learning.models import Session
from commonroot.domain.learning.queries import list_seats
from commonroot.web.learning.door import draw_svg

WALK_INS = 10


def tell_list(session: Session, address: str) -> dict[str, object]:
    """Tell what the paper list says."""
    expected = (SeatState.COMING, SeatState.INVITED)
    seats = list_seats(session.series).filter(state__in=expected)
    where = f", {session.where}" if session.where else ""
    return {
        "title": str(session.series),
        "when": f"{date_format(session.day)}, {time_format(session.starts)}{where}",
        "people": sorted(
            [str(seat), seat.school.name if seat.school else ""] for seat in seats
        ),
        "blank": WALK_INS,
        "code": draw_svg(address),
        "words": {
            "list": _("Who is here"),
            "name": _("Name"),
            "school": _("School"),
            "here": _("Here"),
            "left": _("Left at"),
            "code": _("Or read this code with your phone, today only."),
            "walk_ins": _("Not on the list? Welcome. Write your name and school."),
            "language": (get_language() or "en")[:2],
        },
    }


def draw_list(session: Session, address: str) -> bytes:
    """Draw the paper list as a tagged PDF."""
    template = files("commonroot.web.learning") / "templates" / "learning" / "list.typ"
    pdf = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"list": json.dumps(tell_list(session, address))},
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the PDF came in parts")
    return pdf
