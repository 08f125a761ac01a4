"""Minutes as hours."""

from django import template
from django.template.defaultfilters import floatformat

register = template.Library()


@register.filter
def hours(minutes: int | None) -> str:
    """Write minutes as hours, with one digit where it is needed.

    >>> str(hours(390)), str(hours(120)), str(hours(None))
    ('6.5', '2', '0')
    """
    return str(floatformat((minutes or 0) / 60, "-1"))
