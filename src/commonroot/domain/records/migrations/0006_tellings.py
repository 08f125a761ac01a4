"""What a file says stands in a table of its own: the line of a file is written often."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move_told(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Move what files said; those that wait are set aside, for their drafts held it too."""
    given, telling = (apps.get_model("records", name) for name in ("Import", "Telling"))
    waiting = given.objects.filter(state__in=("waiting", "on_its_way"))
    waiting.update(state="set_aside", draft=None, told=None)
    for each in given.objects.filter(told__isnull=False).only("told").iterator():
        telling.objects.create(given=each, packed=each.told)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_compared_line"),
    ]

    operations = [
        migrations.CreateModel(
            name="Telling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("packed", models.BinaryField()),
                (
                    "given",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="telling",
                        to="records.import",
                    ),
                ),
            ],
        ),
        migrations.RunPython(move_told, migrations.RunPython.noop),
    ]
