"""What is kept as keys, in the words of whoever reads."""

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from commonroot.domain.connections.choices import (
    Field,
    GradeSpan,
    Hours,
    Language,
    Work,
    write_practice,
)
from commonroot.domain.network.models import Place

CHOICES = {
    Field.WORK: Work,
    Field.GRADE_SPANS: GradeSpan,
    Field.LANGUAGES: Language,
    Field.HOURS: Hours,
}


PLACES = ("school", "district", "county")
FIELDS = {
    "practice": Field.PRACTICES,
    "language": Field.LANGUAGES,
    "grade_span": Field.GRADE_SPANS,
    "hours": Field.HOURS,
    "work": Field.WORK,
}


def write_value(field: Field, value: str) -> str:
    """Write a value of a field in the reader's language."""
    if field == Field.PRACTICES:
        return write_practice(value)
    choices = CHOICES.get(field)
    return str(choices(value).label) if choices and value in choices else value


def write_reasons(reasons: Iterable[Iterable[str]]) -> list[str]:
    """Write the reasons of a match as short sentences, one for each kind."""
    kinds: dict[str, list[str]] = {}
    for kind, value in reasons:
        kinds.setdefault(kind, []).append(value)
    places = {
        str(each.pk): each.name
        for each in Place.objects.filter(
            pk__in=[uuid.UUID(each) for kind in PLACES for each in kinds.get(kind, [])]
        )
    }
    return [
        write_reason(kind, [places.get(each, each) for each in values])
        for kind, values in kinds.items()
    ]


def write_reason(kind: str, values: list[str]) -> str:
    """Write what two people share of one kind; of a place its name is given.

    >>> write_reason("grade_span", ["6-8", "3-5"])
    'You both work with these grades: Grades 3 to 5, Grades 6 to 8.'
    """
    told = {
        "practice": _("You both chose: %(what)s."),
        "language": _("You both speak: %(what)s."),
        "grade_span": _("You both work with these grades: %(what)s."),
        "hours": _("You can both meet at these times: %(what)s."),
        "work": _("You do the same kind of work: %(what)s."),
        "school": _("You both work at %(what)s."),
        "district": _("You both work in %(what)s."),
        "county": _("You both work in %(what)s."),
    }
    field = FIELDS.get(kind)
    order = list(CHOICES[field].values) if field in CHOICES else sorted(values)
    texts = [
        write_value(field, each) if field else each
        for each in sorted(values, key=order.index)
    ]
    return told[kind] % {"what": ", ".join(texts)}
