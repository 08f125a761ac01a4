"""Pages of highlights."""

from django.apps import AppConfig


class HighlightsPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.highlights"
    label = "highlights_pages"
