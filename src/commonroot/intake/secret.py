"""The local secret that turns a student's number into a key nobody can turn back.

Made once, kept in the user's state folder with mode 0600. A note beside it remembers
that it was made: a secret that has gone missing is an error with its mend, because a
new one would silently make every student a new student.
"""

import hashlib
import os
import secrets
from pathlib import Path

import platformdirs
import polars as pl
import polars_hash

from commonroot.intake.labels import missing_labels
from commonroot.languages import gettext as _

SECRET, NOTE = "student-key.secret", "student-key.fingerprint"
SECRET_BYTES = 32
KEY_DIGITS = 16


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
                _(
                    "The secret that hides students' numbers is missing: {secret}\n"
                    "It was made on this machine before. Put it back from your backup. If it is lost for "
                    "good, delete {note} as well; a new secret will then be made, and students will not "
                    "be matched with anything kept before."
                ).format(secret=secret, note=note)
            )
        return check_secret(secret, note)
    except OSError as error:
        raise SecretError(
            _(
                "The secret that hides students' numbers cannot be read: {file} ({why}).\n"
                "Give yourself the right to read it (chmod 600 {secret}), or set COMMONROOT_STATE to "
                "a folder of your own."
            ).format(file=error.filename, why=error.strerror, secret=secret)
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
            _(
                "The secret that hides students' numbers has the wrong rights: {secret} (mode "
                "{mode:04o}, wanted 0600).\n"
                "Type: chmod 600 {secret}"
            ).format(secret=secret, mode=mode)
        )
    value = secret.read_bytes()
    if not note.exists() and len(value) == SECRET_BYTES:
        note.write_text(fingerprint(value))
    if (
        len(value) != SECRET_BYTES
        or note.read_bytes().strip() != fingerprint(value).encode()
    ):
        raise SecretError(
            _(
                "The secret that hides students' numbers has changed or is damaged: {secret}\n"
                "Put it back from your backup. If it is lost for good, delete it and {note}; a new "
                "one will then be made."
            ).format(secret=secret, note=note)
        )
    return value


def fingerprint(value: bytes) -> str:
    """Name a secret without giving it away."""
    return hashlib.sha256(b"commonroot student key\x00" + value).hexdigest()[:16]


def make_keys(numbers: pl.Series, secret: bytes) -> pl.Series:
    """Turn students' numbers into keys: the first 8 bytes of an HMAC-SHA-256 of each.

    The HMAC's own key is the secret written as 64 hexadecimal digits.

    >>> import hmac
    >>> digest = hmac.digest((b"s" * 32).hex().encode(), b"123", "sha256")
    >>> made = make_keys(pl.Series(["123"]), b"s" * 32)
    >>> made.to_list() == [int.from_bytes(digest[:8], "big")]
    True

    Among a million students two keys meet with a chance of 1 in 37 million.
    """
    digests = numbers.to_frame("number").select(
        polars_hash.col("number").chash.hmac_sha256(key=secret.hex())
    )
    return (
        digests.to_series()
        .str.head(KEY_DIGITS)
        .str.to_integer(base=16, dtype=pl.UInt64)
    )


def key_students(column: pl.Series, secret: bytes) -> pl.Series:
    """Turn a column of students' numbers into keys; a missing number stays missing.

    >>> keys = key_students(pl.Series(["7", "NULL", None, "7 "]), b"s" * 32)
    >>> keys.null_count(), keys.n_unique()
    (2, 2)
    """
    texts = column.cast(pl.String)
    # Hashes stand in for the texts, because they are looked up four times as fast.
    hashes = texts.hash(5)
    firsts = hashes.arg_unique()
    distinct = texts.gather(firsts).str.strip_chars()
    unwritten = distinct.str.to_lowercase().is_in(["", *missing_labels()])
    written = ~unwritten.fill_null(value=True)
    numbers = distinct.filter(written)
    if numbers.is_empty():
        return pl.Series("student", [None], dtype=pl.UInt64).new_from_index(
            0, len(column)
        )
    known = hashes.gather(firsts).filter(written)
    return hashes.replace_strict(
        known, make_keys(numbers, secret), default=None, return_dtype=pl.UInt64
    ).alias("student")
