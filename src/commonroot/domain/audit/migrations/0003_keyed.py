"""From here on lines are sealed with a key; a log that is there gets a line that says so."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.chain import seal
from commonroot.domain.audit.keys import make_key, name_key


def seal_from_here(apps: Any, schema_editor: Any) -> None:
    """Add a line that seals all the lines before it, so that none can change any more."""
    head = apps.get_model("audit", "Head").objects.filter(pk=1).first()
    if head is None or not head.number:
        return
    key = make_key()
    line = apps.get_model("audit", "Line")(
        number=head.number + 1,
        at=timezone.now(),
        actor=SYSTEM,
        verb="seal",
        kind="log",
        key=name_key(key),
        before=head.digest,
    )
    line.digest = seal(line, key)
    line.save(force_insert=True)
    head.number, head.digest = line.number, line.digest
    head.sealed_by = name_key(key)
    head.save()


class Migration(migrations.Migration):
    """Gives the end of the log the name of its key."""

    dependencies = [
        ("audit", "0002_by_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="head",
            name="sealed_by",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.RunPython(seal_from_here, migrations.RunPython.noop),
    ]
