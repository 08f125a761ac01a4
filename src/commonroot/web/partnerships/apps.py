"""Pages of partnerships."""

from django.apps import AppConfig


class PartnershipsPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.partnerships"
    label = "partnerships_pages"
