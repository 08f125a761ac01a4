"""The keys of backups: age's, so that any age program can open one."""

import os
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from commonroot.domain.safekeeping.problems import BackupError

BACKUP_KEY = "backup.key"


def make_key(path: Path) -> x25519.Recipient:
    """Make a key, readable by its owner alone; an existing file is never written over."""
    identity = x25519.Identity.generate()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(
            f"There is a file {path} already, and a key in it could be the only one "
            "that opens a backup. Choose another name."
        ) from None
    except OSError as error:
        raise BackupError(
            f"The key could not be written to {path}: {error.strerror}."
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    return identity.to_public()


def read_key(path: Path) -> x25519.Identity:
    """Read the key that opens backups."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BackupError(f"The key {path} cannot be read.") from None
    for line in lines:
        if line.startswith("AGE-SECRET-KEY-"):
            try:
                return x25519.Identity.from_str(line.strip())
            except IdentityError:
                break
    raise BackupError(
        f"{path} holds no key that opens a backup. It has a line that begins with "
        "AGE-SECRET-KEY-."
    )


def read_recipient(text: str) -> x25519.Recipient:
    """Read the public part of a key: whom a backup is written for."""
    try:
        return x25519.Recipient.from_str(text.strip())
    except RecipientError:
        raise BackupError(
            "The key that backups are written for cannot be read. It begins with age1."
        ) from None


def find_recipient(to: str, folder: Path) -> x25519.Recipient:
    """Find whom to write for: the key that was named, else one kept in the site's folder.

    A key in the folder guards a copy that is kept elsewhere, and not this machine.
    """
    if to:
        return read_recipient(to)
    kept = folder / BACKUP_KEY
    return read_key(kept).to_public() if kept.exists() else make_key(kept)
