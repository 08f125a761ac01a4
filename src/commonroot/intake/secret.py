"""The local secret that turns a student's number into a key nobody can turn back.

Made once, kept in the user's state folder with mode 0600. A note beside it remembers
that it was made: a secret that has gone missing is an error with its mend, because a
new one would silently make every student a new student.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import platformdirs

SECRET, NOTE = "student-key.secret", "student-key.fingerprint"
SECRET_BYTES = 32


class SecretError(Exception):
    """The secret is missing or cannot be trusted. The text says how to mend it."""


def find_folder() -> Path:
    """Find the state folder: `COMMONROOT_STATE` if set, else the system's own place."""
    chosen = os.environ.get("COMMONROOT_STATE")
    return Path(chosen) if chosen else Path(platformdirs.user_state_dir("commonroot"))


def read_secret(folder: Path | None = None) -> bytes:
    """Read the secret; on a machine that never had one, make it."""
    folder = folder or find_folder()
    secret, note = folder / SECRET, folder / NOTE
    try:
        if not secret.exists() and not note.exists():
            return make_secret(folder)
        if not secret.exists():
            raise SecretError(
                f"The secret that hides students' numbers is missing: {secret}\n"
                "It was made on this machine before. Put it back from your backup. If it "
                f"is lost for good, delete {note} as well; a new secret will then be made, "
                "and students will not be matched with anything kept before."
            )
        return check_secret(secret, note)
    except OSError as error:
        raise SecretError(
            f"The secret that hides students' numbers cannot be read: {error.filename} "
            f"({error.strerror}).\nGive yourself the right to read it "
            f"(chmod 600 {secret}), or set COMMONROOT_STATE to a folder of your own."
        ) from None


def make_secret(folder: Path) -> bytes:
    """Make the secret, readable by its owner alone, and the note about it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    value = secrets.token_bytes(SECRET_BYTES)
    try:
        descriptor = os.open(
            folder / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
        )
    except FileExistsError:
        return read_secret(folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    (folder / NOTE).write_text(fingerprint(value))
    return value


def check_secret(secret: Path, note: Path) -> bytes:
    """Read the secret and refuse one that others can read or that has changed."""
    mode = secret.stat().st_mode & 0o777
    if os.name == "posix" and mode != 0o600:
        raise SecretError(
            f"The secret that hides students' numbers has the wrong rights: {secret} "
            f"(mode {mode:04o}, wanted 0600).\nType: chmod 600 {secret}"
        )
    value = secret.read_bytes()
    if not note.exists() and len(value) == SECRET_BYTES:
        note.write_text(fingerprint(value))
    if len(value) != SECRET_BYTES or note.read_text().strip() != fingerprint(value):
        raise SecretError(
            f"The secret that hides students' numbers has changed or is damaged: {secret}\n"
            "Put it back from your backup. If it is lost for good, delete it and "
            f"{note}; a new one will then be made."
        )
    return value


def fingerprint(value: bytes) -> str:
    """Name a secret without giving it away."""
    return hashlib.sha256(b"commonroot student key\x00" + value).hexdigest()[:16]


def make_keys(numbers: Iterable[str], secret: bytes) -> list[str]:
    """Turn students' numbers into keys (HMAC-SHA-256, in hexadecimal).

    >>> make_keys(["123"], b"s")[0][:16] == make_keys(["123"], b"s")[0][:16]
    True
    """
    digest = hmac.digest
    return [digest(secret, number.encode(), "sha256").hex() for number in numbers]
