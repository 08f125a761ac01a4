"""Pages about records."""

from django.apps import AppConfig


class RecordsPagesConfig(AppConfig):
    """Names the pages."""

    name = "commonroot.web.records"
    label = "records_pages"
