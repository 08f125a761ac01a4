"""Numbers of the page of a year, as templates write them."""

from decimal import Decimal

from django import template

from commonroot.domain.highlights.definitions import write_value
from commonroot.domain.highlights.queries import Told
from commonroot.web.highlights.telling import tell_before, tell_told_by

register = template.Library()


@register.filter
def written(value: Decimal, at_least: bool = False) -> str:
    """Write a number, with a plus where it is a floor."""
    return write_value(value, at_least)


@register.simple_tag
def before(told: Told) -> str:
    """Tell last year's number."""
    return tell_before(told)


@register.simple_tag
def told_by(told: Told) -> str:
    """Tell how many schools told a number."""
    return tell_told_by(told)
