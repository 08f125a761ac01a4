"""The highlights area."""

from django.apps import AppConfig


class HighlightsConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.highlights"
    label = "highlights"
    default_auto_field = "django.db.models.BigAutoField"
