"""The teams area."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"
