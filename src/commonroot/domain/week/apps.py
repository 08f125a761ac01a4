"""The week area."""

from django.apps import AppConfig


class WeekConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.week"
    label = "week"
    default_auto_field = "django.db.models.BigAutoField"
