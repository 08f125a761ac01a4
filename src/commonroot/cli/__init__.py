"""The command line. Bad input ends with a sentence and status 2, never a traceback."""

from importlib import import_module

import click

from commonroot import __version__

COMMANDS = (
    "audit",
    "backup",
    "begin",
    "brief",
    "mapping",
    "release",
    "restore",
    "sample",
    "scan",
    "serve",
    "work",
)


class Commands(click.Group):
    """Imports a command only when it is asked for: to check a release needs no scan."""

    def list_commands(self, context: click.Context) -> list[str]:
        """List the names of all commands."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import one command; None when there is none of this name."""
        if name not in COMMANDS:
            return None
        module = name.replace("-", "_")
        found: click.Command = getattr(
            import_module(f"commonroot.cli.{module}"), module
        )
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="commonroot")
def main() -> None:
    """Commonroot: a working place for school data teams."""
