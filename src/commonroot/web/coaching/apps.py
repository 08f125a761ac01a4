"""Pages of coaching."""

from django.apps import AppConfig


class CoachingPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.coaching"
    label = "coaching_pages"
