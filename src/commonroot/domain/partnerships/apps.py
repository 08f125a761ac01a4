"""The partnerships area."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.partnerships"
    label = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"
