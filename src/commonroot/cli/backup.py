"""`commonroot backup`: everything that a site holds, in one encrypted file."""

import os
from pathlib import Path

import click

from commonroot.cli.problems import ProblemError
from commonroot.cli.serve import find_site_folder, need_site, start_django


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--to",
    default=lambda: os.environ.get("COMMONROOT_BACKUP_TO", ""),
    help="The public key that it is written for, which begins with age1. Without one, a key "
    "in the site's folder.",
)
@click.option(
    "--make-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Make a key first, in a file of this name, and write for it.",
)
def backup(file: Path, to: str, make_key: Path | None) -> None:
    """Back a site up into FILE, while it is running."""
    start_django()
    need_site()
    from commonroot.domain.safekeeping import actions, keys  # noqa: PLC0415  # needs Django
    from commonroot.domain.safekeeping.problems import BackupError  # noqa: PLC0415  # as above

    folder = find_site_folder()
    try:
        recipient = (
            keys.make_key(make_key) if make_key else keys.find_recipient(to, folder)
        )
        kept = actions.back_up(file, recipient, folder)
    except BackupError as error:
        raise ProblemError(str(error)) from None
    click.echo(
        f"{sum(kept.rows.values()):,} rows of {len(kept.rows)} tables are in {file}."
    )
    click.echo(f"Only the key of {recipient} opens it.")
    if not to and not make_key:
        click.echo(
            f"That key is {folder / keys.BACKUP_KEY}. Keep a copy of it somewhere else: "
            "without it the backup cannot be opened."
        )
