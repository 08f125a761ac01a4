"""Pages about teams."""

from django.apps import AppConfig


class TeamsPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.teams"
    label = "teams_pages"
