"""The certificate of a series: who took part, in what, for how many hours."""

import json
from importlib.resources import files

import typst
from django.db.models import Sum
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import Part
from commonroot.domain.learning.models import Facilitation, Seat


def draw_certificate(seat: Seat) -> bytes:
    """Draw a certificate as a tagged PDF of one sheet, in the reader's language."""
    present = (
        seat.attendances.filter(session__held__isnull=False)
        .select_related("session")
        .order_by("session__day")
    )
    days = sorted({each.session.day for each in present})
    minutes = present.aggregate(whole=Sum("minutes"))["whole"] or 0
    facilitators = (
        Facilitation.objects.filter(
            session__in=[each.session_id for each in present],
            part__in=(Part.LEAD, Part.CO_FACILITATOR),
        )
        .values_list("person__name", flat=True)
        .distinct()
        .order_by("person__name")
    )
    hours = number_format(round(minutes / 60, 1), decimal_pos=1)
    told = {
        "name": str(seat),
        "workshop": str(seat.series),
        "place": seat.series.place.name,
        "days": ", ".join(date_format(day) for day in days),
        "facilitators": list(facilitators),
        "language": (get_language() or "en")[:2],
        "words": {
            "title": _("Certificate"),
            "took_part": _("took part in"),
            "hours": _("%(hours)s participant hours") % {"hours": hours},
            "led_by": _("Facilitated by"),
        },
    }
    template = (
        files("commonroot.web.learning") / "templates" / "learning" / "certificate.typ"
    )
    pdf = typst.compile(
        template.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"certificate": json.dumps(told)},
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the PDF came in parts")
    return pdf
