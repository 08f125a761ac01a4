"""The small picture of a pattern, in a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from commonroot.analysis.pattern_words import name_slice
from commonroot.charts.bars import draw_bars
from commonroot.web.teams.slices import SheetPattern

register = template.Library()


@register.simple_tag
def bars(pattern: SheetPattern) -> SafeString:
    """Draw what the sheet released of a pattern; nothing where it hides the numbers."""
    if pattern.incidents is None or pattern.expected is None:
        return SafeString("")
    return mark_safe(
        draw_bars(
            pattern.incidents,
            pattern.expected,
            pattern.longest,
            description=name_slice(pattern.conditions),
        )
    )
