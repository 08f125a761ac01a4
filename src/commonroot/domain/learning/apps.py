"""The learning area."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"
