"""A file's own name no longer stands as the source of a number of students."""

from typing import Any

from django.db import migrations


def forget_file_names(apps: Any, schema_editor: Any) -> None:
    """Take the names of files out of sources, which everybody with a role can read."""
    counts = apps.get_model("network", "Enrolment").objects
    files = apps.get_model("network", "SchoolFile").objects
    for school, name in files.values_list("school", "name").distinct():
        counts.filter(school=school, source=name).update(source="")


class Migration(migrations.Migration):
    """Changes what is kept, and no table."""

    dependencies = [
        ("network", "0002_rosters_calendars_groups"),
    ]

    operations = [
        migrations.RunPython(forget_file_names, migrations.RunPython.noop),
    ]
