"""The shell."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Names the shell."""

    name = "commonroot.web.shell"
    label = "shell"

    def ready(self) -> None:
        """Write down what happens to accounts, from the first request on."""
        from commonroot.web.shell import account_log, sign_in_log  # noqa: PLC0415  # need the models

        account_log.begin()
        sign_in_log.begin()
