"""The convenings area."""

from django.apps import AppConfig


class ConveningsConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.convenings"
    label = "convenings"
    default_auto_field = "django.db.models.BigAutoField"
