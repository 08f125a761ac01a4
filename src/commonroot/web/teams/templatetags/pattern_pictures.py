"""The small picture of a pattern: a bar for what was seen over one for what was expected."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonroot.analysis.pattern_words import write_expected
from commonroot.web.teams.slices import SheetPattern

register = template.Library()
# The longest bar, and the room for words beside it.
LONGEST, WORDS = 150, 130


@register.simple_tag
def bars(pattern: SheetPattern) -> SafeString:
    """Draw what the sheet released of a pattern; nothing where it hides the numbers."""
    if pattern.incidents is None or pattern.expected is None:
        return SafeString("")
    seen, expected = (
        round(max(1.0, LONGEST * value / pattern.longest), 1)
        for value in (pattern.incidents, pattern.expected)
    )
    told = {
        "seen": pattern.incidents,
        "expected": write_expected(pattern.expected),
    }
    return format_html(
        '<svg class="bars" viewBox="0 0 {whole} 34" role="img" aria-label="{told}">'
        '<rect class="seen" x="0" y="2" width="{seen}" height="12"/>'
        '<text x="{beside_seen}" y="13">{seen_words}</text>'
        '<rect class="expected" x="0" y="19" width="{expected}" height="12"/>'
        '<text x="{beside_expected}" y="30">{expected_words}</text></svg>',
        whole=LONGEST + WORDS,
        told=_("Two bars: %(seen)s incidents seen, about %(expected)s expected.")
        % told,
        seen=seen,
        beside_seen=seen + 5,
        seen_words=_("%(seen)s seen") % told,
        expected=expected,
        beside_expected=expected + 5,
        expected_words=_("about %(expected)s expected") % told,
    )
