from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_tellings"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="import",
            name="told",
        ),
    ]
