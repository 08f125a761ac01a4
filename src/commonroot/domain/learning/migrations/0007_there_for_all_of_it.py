"""Whoever was there for a whole session stays there for all of it, however long it becomes."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def mark_whole(apps: Any, _editor: Any) -> None:
    """Mark those who were there for as long as their session lasts."""
    attendances = apps.get_model("learning", "Attendance").objects
    sessions = apps.get_model("learning", "Session").objects
    lasts = sessions.filter(pk=OuterRef("session"), minutes__lte=OuterRef("minutes"))
    attendances.filter(Exists(lasts)).update(is_whole=True)


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("learning", "0006_mentors_of_then")]

    operations: ClassVar = [
        migrations.AddField(
            "attendance", "is_whole", models.BooleanField(default=False)
        ),
        migrations.RunPython(mark_whole, migrations.RunPython.noop),
    ]
