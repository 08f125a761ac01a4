"""Pages of convenings."""

from django.apps import AppConfig


class ConveningsPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.convenings"
    label = "convenings_pages"
