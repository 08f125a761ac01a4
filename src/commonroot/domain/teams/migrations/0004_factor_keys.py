"""Usual factors become keys, whatever language they were ticked in."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.translation import gettext, override

USUAL = {
    "The routine was never taught, or long ago": "usual:routine",
    "Adults do not agree on what is expected": "usual:expectation",
    "Too few adults where and when it happens": "usual:adults",
    "The space: crowded, noisy, out of sight": "usual:space",
    "The schedule: too long, too short, at a hard time": "usual:schedule",
    "The transition before or after it": "usual:transition",
    "How adults respond when it begins": "usual:response",
    "The work is too hard, too easy, or without choice": "usual:work",
    "Something that students need is missing: food, rest, movement, a friend": "usual:need",
}


def list_words() -> dict[str, str]:
    """List the words of every language of the site, with their keys."""
    words = dict(USUAL)
    for code, _name in settings.LANGUAGES:
        with override(code):
            words |= {gettext(text): key for text, key in USUAL.items()}
    return words


def turn_into_keys(apps: Any, schema_editor: object) -> None:
    """Keep a key for each line that is a usual one; leave others as they are."""
    words = list_words()
    cycles = apps.get_model("teams", "Cycle")
    for cycle in cycles.objects.exclude(factors=[]).iterator():
        cycle.factors = [words.get(text, text) for text in cycle.factors]
        cycle.save(update_fields=["factors"])


class Migration(migrations.Migration):
    dependencies = [("teams", "0003_clock_looks_and_wishes")]

    operations = [migrations.RunPython(turn_into_keys, migrations.RunPython.noop)]
