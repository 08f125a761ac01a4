"""Pages about places and people."""

from django.apps import AppConfig


class NetworkPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.network"
    label = "network_pages"
