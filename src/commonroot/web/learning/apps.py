"""Pages of learning."""

from django.apps import AppConfig


class LearningPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.learning"
    label = "learning_pages"
