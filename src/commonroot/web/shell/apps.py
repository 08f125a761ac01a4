"""The shell."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Names the shell."""

    name = "commonroot.web.shell"
    label = "shell"
