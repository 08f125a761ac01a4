"""The audit area."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the area."""

    name = "commonroot.domain.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
