"""The picture of a check, in a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from commonroot.analysis.check import Answer
from commonroot.charts.interval import draw_interval
from commonroot.web.teams.check_words import describe_ratio, write_interval

register = template.Library()


@register.simple_tag
def interval(found: Answer) -> SafeString:
    """Draw the interval of a check, with the words that stand beside it."""
    ratio = found.ratio or 0.0
    return mark_safe(
        draw_interval(
            found.low,
            ratio,
            found.high,
            title=write_interval(found.low, found.high),
            description=describe_ratio(ratio),
        )
    )
