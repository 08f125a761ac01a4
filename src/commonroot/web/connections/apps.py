"""Pages of connections."""

from django.apps import AppConfig


class ConnectionsPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.connections"
    label = "connections_pages"
