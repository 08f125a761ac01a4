"""The network area."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
