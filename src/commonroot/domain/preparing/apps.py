"""The preparing area."""

from django.apps import AppConfig


class PreparingConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.preparing"
    label = "preparing"
    default_auto_field = "django.db.models.BigAutoField"
