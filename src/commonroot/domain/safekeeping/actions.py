"""Backing up and restoring a whole site."""

import base64
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from pyrage import x25519

from commonroot import __version__
from commonroot.domain.audit.kept_end import keep_end
from commonroot.domain.audit.keys import LogKeyError, derive_key, find_key
from commonroot.domain.audit.models import Head
from commonroot.domain.audit.queries import verify_lines
from commonroot.domain.coaching.keys import NAMED, list_key_files
from commonroot.domain.learning.badges import BADGE_KEY
from commonroot.domain.safekeeping.archive import (
    FORMAT,
    Line,
    read_lines,
    write_lines,
)
from commonroot.domain.safekeeping.problems import BackupError
from commonroot.domain.safekeeping.snapshot import hold_moment
from commonroot.domain.safekeeping.tables import (
    PIECE,
    list_tables,
    read_row,
    stop_clocks,
    tell_rows,
    write_rows,
)
from commonroot.intake.secret import NOTE, SECRET, find_folder

SITE_SECRET = "secret"
SECRETS = (SITE_SECRET, SECRET, NOTE, BADGE_KEY)
# Since this migration a log has a line that its key sealed.
KEYED_SINCE = ["audit", "0003_keyed"]


@dataclass(frozen=True)
class Kept:
    """What a backup holds: rows by table, and where the log ends."""

    rows: dict[str, int]
    digest: str
    made: str


def back_up(path: Path, recipient: x25519.Recipient, folder: Path) -> Kept:
    """Write a backup of the database and of the secrets in the site's folder.

    The site goes on meanwhile; what is written is one moment of it. Raises BackupError.
    """
    with hold_moment():
        tables = list_tables(apps)
        rows = {
            model._meta.label_lower: model._base_manager.count() for model in tables
        }
        head = Head.objects.filter(pk=1).first()
        kept = Kept(rows, head.digest if head else "", timezone.now().isoformat())
        with write_lines(path, recipient) as write:
            write(tell_head(kept))
            for model in tables:
                for row in tell_rows(model):
                    write({"table": model._meta.label_lower, "row": row})
            for name, content in read_secrets(folder):
                write({"secret": name, "content": content})
            write({"end": sum(rows.values())})
    return kept


def tell_head(kept: Kept) -> Line:
    """Tell what follows in a backup."""
    applied = MigrationExecutor(connection).loader.applied_migrations
    return {
        "format": FORMAT,
        "commonroot": __version__,
        "made": kept.made,
        "rows": kept.rows,
        "log": kept.digest,
        "migrations": sorted(list(key) for key in applied),
    }


def read_secrets(folder: Path) -> Iterator[tuple[str, str]]:
    """Read the secrets that are there."""
    for name in SECRETS:
        path = find_place(name, folder)
        if path.exists():
            yield name, base64.b64encode(path.read_bytes()).decode()
    for name, path in list_key_files():
        yield name, base64.b64encode(path.read_bytes()).decode()


def find_place(name: str, folder: Path) -> Path:
    """Find where a secret lies: that of students' numbers can have a folder of its own."""
    return (folder if name == SITE_SECRET else find_folder()) / name


def restore(path: Path, identity: x25519.Identity, folder: Path) -> Kept:
    """Restore a backup into an empty database and folder: all of it, or nothing.

    Rows are counted and the log is gone through before anything stays. Raises
    BackupError.
    """
    with read_lines(path, identity) as lines:
        head = read_head(next(lines, {}))
        targets = find_targets(head)
        need_empty()
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        state = MigrationExecutor(connection).loader.project_state(targets).apps
        with transaction.atomic():
            secrets = write_tables(lines, state, head["rows"])
            lines_of_log = need_whole(head, state, secrets)
            write_secrets(folder, secrets)
    # Who restores has the folder and the backup's key, and says where the log ends now.
    keep_end(lines_of_log, head["log"])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    return Kept(head["rows"], head["log"], head["made"])


def read_head(line: Line) -> Line:
    """Read the head; raises BackupError for a file that is no backup of ours."""
    if line.get("format") != FORMAT:
        raise BackupError("This is not a backup that this version of Commonroot reads.")
    return line


def find_targets(head: Line) -> list[tuple[str, str]]:
    """Find the migrations that a backup was made at."""
    graph = MigrationExecutor(connection).loader.graph
    made_at = {(app, name) for app, name in head["migrations"]}
    unknown = sorted(key for key in made_at if key not in graph.nodes)
    if unknown:
        raise BackupError(
            f"The backup was made by a newer version ({head['commonroot']}). Install that "
            "version or a later one, and restore with it."
        )
    # The newest of each app: those that no other of the app's own follows.
    return sorted(
        key
        for key in made_at
        if not any(
            child.key[0] == key[0] and child.key in made_at
            for child in graph.node_map[key].children
        )
    )


def need_empty() -> None:
    """Raise BackupError when there is something in the database already."""
    present = set(connection.introspection.table_names())
    for model in list_tables(apps):
        if model._meta.db_table in present and model._base_manager.exists():
            raise BackupError(
                "There is something in this database already, and nothing was changed. "
                "Restore into an empty one: name another folder with COMMONROOT_DATA, or "
                "another database with DATABASE_URL."
            )


def write_tables(
    lines: Iterator[Line], state: Any, counted: dict[str, int]
) -> dict[str, str]:
    """Write the rows of all tables, and give the secrets that come after them."""
    models = {model._meta.label_lower: model for model in list_tables(state)}
    for model in models.values():
        stop_clocks(model)
    missing = sorted(counted.keys() - models.keys())
    if missing:
        raise BackupError(f"The backup has a table that is not known: {missing[0]}.")
    waiting: dict[str, list[Any]] = {}
    secrets: dict[str, str] = {}
    ended = False
    for line in lines:
        if "row" in line:
            rows = waiting.setdefault(line["table"], [])
            rows.append(read_row(models[line["table"]], line["row"]))
            if len(rows) == PIECE:
                write_rows(models[line["table"]], waiting.pop(line["table"]))
        elif "secret" in line:
            secrets[line["secret"]] = line["content"]
        ended = ended or "end" in line
    if not ended:
        raise BackupError("The backup was cut off. Nothing was restored.")
    for name, rows in waiting.items():
        write_rows(models[name], rows)
    reset_keys(list(models.values()))
    return secrets


def reset_keys(models: list[Any]) -> None:
    """Let the database number new rows after those that were written with their keys."""
    statements = connection.ops.sequence_reset_sql(no_style(), models)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def need_whole(head: Line, state: Any, secrets: dict[str, str]) -> int:
    """Raise BackupError unless every table has its rows, and the log holds together.

    Gives how many lines the log has.
    """
    found = Counter(
        {
            model._meta.label_lower: model._base_manager.count()
            for model in list_tables(state)
        }
    )
    for name, rows in head["rows"].items():
        if found[name] != rows:
            raise BackupError(
                f"{name} has {found[name]:,} rows, and the backup counted {rows:,}. "
                "Nothing was restored."
            )
    log = verify_lines(
        find_key_of(head, secrets), must_be_keyed=KEYED_SINCE in head["migrations"]
    )
    ends = log.digest if log.lines else ""
    if log.broken_at is not None or (head["log"] and ends != head["log"]):
        raise BackupError(
            "The log in the backup does not hold together. Nothing was restored."
        )
    return log.lines


def find_key_of(head: Line, secrets: dict[str, str]) -> bytes:
    """Find the key that the log in a backup is sealed with: in the backup, or at hand."""
    if SECRET in secrets:
        return derive_key(base64.b64decode(secrets[SECRET]))
    if not head["log"]:
        return b""
    try:
        return find_key()
    except LogKeyError as error:
        raise BackupError(f"{error} Nothing was restored.") from None


def write_secrets(folder: Path, secrets: dict[str, str]) -> None:
    """Write the secrets of the site, each readable by its owner alone.

    The secret of students' keys is never written over by another: it would make every
    student of the old one a stranger.
    """
    contents = {name: base64.b64decode(text) for name, text in secrets.items()}
    kept = find_place(SECRET, folder)
    if kept.exists() and SECRET in contents and kept.read_bytes() != contents[SECRET]:
        raise BackupError(
            f"There is another secret of students' numbers in {kept.parent}. Nothing was "
            "restored. Name an empty folder with COMMONROOT_DATA."
        )
    for name, content in contents.items():
        if name not in SECRETS and not NAMED.fullmatch(name):
            raise BackupError("The backup holds a file that no site has.")
        place = find_place(name, folder)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        writing = place.with_name(f".{place.name}.writing")
        descriptor = os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(writing, place)
