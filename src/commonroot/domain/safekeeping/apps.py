"""The safekeeping area. It reads across the others, and has no tables of its own."""

from django.apps import AppConfig


class SafekeepingConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.safekeeping"
    label = "safekeeping"
