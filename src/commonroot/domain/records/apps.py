"""The records area."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
