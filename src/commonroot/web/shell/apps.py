"""The shell."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Names the shell."""

    name = "commonroot.web.shell"
    label = "shell"

    def ready(self) -> None:
        """Write down whatever way in is taken away, from the first request on."""
        from commonroot.web.shell import sign_in_log  # noqa: PLC0415  # needs the models

        sign_in_log.begin()
