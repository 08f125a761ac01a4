"""`commonroot restore`: a backup into an empty place."""

from pathlib import Path

import click

from commonroot.cli.problems import ProblemError
from commonroot.cli.serve import find_site_folder, start_django


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file with the key that opens the backup.",
)
def restore(file: Path, key: Path) -> None:
    """Restore a backup FILE into an empty folder and database."""
    start_django()
    from commonroot.domain.safekeeping import actions, keys  # noqa: PLC0415  # needs Django
    from commonroot.domain.safekeeping.problems import BackupError  # noqa: PLC0415  # as above

    try:
        kept = actions.restore(file, keys.read_key(key), find_site_folder())
    except BackupError as error:
        raise ProblemError(str(error)) from None
    click.echo(
        f"{sum(kept.rows.values()):,} rows of {len(kept.rows)} tables are back, as they "
        f"were at {kept.made}."
    )
    click.echo(f"The log holds together. Its last line is {kept.digest or 'none'}.")
