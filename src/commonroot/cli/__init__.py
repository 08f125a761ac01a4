"""The command line. Bad input ends with a sentence and status 2, never a traceback."""

import click

from commonroot import __version__
from commonroot.cli.brief import brief
from commonroot.cli.mapping import mapping
from commonroot.cli.release import release
from commonroot.cli.sample import sample
from commonroot.cli.scan import scan


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="commonroot")
def main() -> None:
    """Commonroot: a working place for school data teams."""


main.add_command(brief)
main.add_command(mapping)
main.add_command(release)
main.add_command(sample)
main.add_command(scan)
