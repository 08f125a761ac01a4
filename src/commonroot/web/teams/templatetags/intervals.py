"""The picture of a check: where the truth lies, on a line from far fewer to far more."""

import math

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonroot.analysis.check import Answer
from commonroot.briefs.charts import place_ratio
from commonroot.web.teams.check_words import write_interval

register = template.Library()
WIDTH = 320


@register.simple_tag
def interval(found: Answer) -> SafeString:
    """Draw the interval of a check; its words stand in its title."""
    low, middle, high = (
        round(WIDTH * place_ratio(value), 1)
        for value in (
            found.low or 0.0,
            found.ratio or 0.0,
            math.inf if found.high is None else found.high,
        )
    )
    same = WIDTH * place_ratio(1.0)
    half = WIDTH * place_ratio(0.5)
    double = WIDTH * place_ratio(2.0)
    return format_html(
        '<svg class="interval" viewBox="-10 0 {whole} 54" role="img" aria-label="{told}">'
        '<line x1="0" y1="16" x2="{width}" y2="16" class="axis"/>'
        '<line x1="{same}" y1="4" x2="{same}" y2="28" class="axis"/>'
        '<line x1="{low}" y1="16" x2="{high}" y2="16" class="span"/>'
        '<circle cx="{middle}" cy="16" r="5" class="dot"/>'
        '<text x="{half}" y="46" text-anchor="middle">{half_word}</text>'
        '<text x="{same}" y="46" text-anchor="middle">{same_word}</text>'
        '<text x="{double}" y="46" text-anchor="middle">{double_word}</text></svg>',
        whole=WIDTH + 20,
        width=WIDTH,
        told=write_interval(found.low, found.high),
        same=same,
        half=half,
        double=double,
        low=low,
        high=high,
        middle=middle,
        half_word=_("half"),
        same_word=_("the same"),
        double_word=_("double"),
    )
