"""Interpreters, a line for each language, of what was one line of words."""

import re
import uuid
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def take_apart(apps: Any, _editor: Any) -> None:
    """Make an interpreter of each part of the line that a series had."""
    interpreters = apps.get_model("learning", "Interpreter").objects
    for series in apps.get_model("learning", "Series").objects.exclude(
        interpreters_line=""
    ):
        for part in re.split(r"[,;]", series.interpreters_line):
            language, _mark, who = part.strip().partition(":")
            if language.strip():
                interpreters.create(
                    series=series, language=language.strip()[:40], who=who.strip()[:120]
                )


class Migration(migrations.Migration):
    """A table instead of a column."""

    dependencies: ClassVar = [("learning", "0007_there_for_all_of_it")]

    operations: ClassVar = [
        migrations.RenameField("series", "interpreters", "interpreters_line"),
        migrations.CreateModel(
            name="Interpreter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("language", models.CharField(max_length=40)),
                ("who", models.CharField(blank=True, max_length=120)),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interpreters",
                        to="learning.series",
                    ),
                ),
            ],
            options={"ordering": ("language", "who", "pk")},
        ),
        migrations.RunPython(take_apart, migrations.RunPython.noop),
        migrations.RemoveField("series", "interpreters_line"),
    ]
