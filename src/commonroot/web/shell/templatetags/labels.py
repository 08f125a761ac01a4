"""Labels of schools, which are long."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def breakable(label: str) -> SafeString:
    """Let a label break after a slash.

    >>> breakable("Language/<b>")
    'Language/<wbr>&lt;b&gt;'
    """
    return mark_safe(escape(label).replace("/", "/<wbr>"))
