"""The coaching area."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.coaching"
    label = "coaching"
    default_auto_field = "django.db.models.BigAutoField"
