"""The connections area."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"
