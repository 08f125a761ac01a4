"""Pages of week."""

from django.apps import AppConfig


class WeekPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.week"
    label = "week_pages"
