"""The page of a made-up region's year: drawn by one, checked by another, published."""

from django.db import transaction

from commonroot.domain.highlights.actions import (
    MOST_QUOTES,
    begin_page,
    check_highlight,
    choose_quotes,
    draw_highlight,
    publish_page,
    write_page,
)
from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.quotes import quotes_seen_by
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.highlights.translating import translate_page
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.made_region import HOME, REGION
from commonroot.domain.network.models import Person, Place

YEAR = "2025-26"
LEAD = (
    "Eleven schools looked at what makes days hard, changed one small thing at a time, "
    "and went back to see whether it had helped."
)
SHIFTS = (
    "Teams ask students before they choose a change.",
    "Our own coaches lead most workshops now.",
    "Bus drivers and kitchen staff sit at the table.",
)
DID_NOT_WORK = (
    "Longer passing time did not lower the number of incidents in the hallway.",
    "Two changes ended without a check.",
    "We still hear from few families who speak Spanish at home.",
)
LEAD_IN_SPANISH = (
    "Once escuelas miraron qué hace difíciles los días, cambiaron una cosa pequeña a la "
    "vez y volvieron para ver si había ayudado."
)
SHIFTS_IN_SPANISH = (
    "Los equipos preguntan a los estudiantes antes de elegir un cambio.",
    "Ahora quienes acompañan en nuestros distritos guían casi todos los talleres.",
    "Quienes manejan los autobuses y trabajan en la cocina se sientan a la mesa.",
)
DID_NOT_WORK_IN_SPANISH = (
    "Más tiempo entre clases no bajó el número de incidentes en el pasillo.",
    "Dos cambios terminaron sin revisarse.",
    "Todavía oímos a pocas familias que hablan español en casa.",
)
QUOTED = 4


@transaction.atomic
def make_years() -> int:
    """Make the published page of the region, and a school's draft that waits for a check."""
    region = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if region is None or YearPage.objects.filter(place=region).exists():
        return 0
    elena, farid, ana = (
        Person.objects.get(name=name)
        for name in ("Elena Fox", "Farid Noori", "Ana Ruiz")
    )
    page = begin_page(by=elena, place=region, school_year=YEAR)
    draw_highlight(by=elena, page=page, key="visits", at_least=True)
    write_page(
        by=elena,
        page=page,
        lead=LEAD,
        shifts="\n".join(SHIFTS),
        did_not_work="\n".join(DID_NOT_WORK),
    )
    translate_page(
        by=elena,
        page=page,
        language="es",
        lead=LEAD_IN_SPANISH,
        shifts="\n".join(SHIFTS_IN_SPANISH),
        did_not_work="\n".join(DID_NOT_WORK_IN_SPANISH),
    )
    free = quotes_seen_by(elena, span_of(region, YEAR))[: min(QUOTED, MOST_QUOTES)]
    choose_quotes(by=elena, page=page, chosen=[(each.said, each.key) for each in free])
    for highlight in page.highlights.filter(ended=None):
        check_highlight(by=farid, highlight=highlight)
    publish_page(by=farid, page=page)
    school = Place.objects.get(kind=PlaceKind.SCHOOL, name=HOME)
    begin_page(by=ana, place=school, school_year=YEAR)
    return 2
