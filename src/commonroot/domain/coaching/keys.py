"""The keys of pairs: a file for each in the site's folder, never in the database.

A line of words is sealed with AES-256-GCM, bound to its visit, its part and itself: one
that is moved to another place, or changed, does not open. A pair's key goes when nothing
of the pair is left to open.
"""

import base64
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from commonroot.intake.secret import find_folder

FOLDER = "visit-keys"
NAMED = re.compile(
    rf"{FOLDER}/[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\.key"
)
KEY_BYTES, NONCE_BYTES = 32, 12


class PairKeyError(Exception):
    """The key of a pair is missing, or does not open what was sealed."""


def find_path(name: uuid.UUID) -> Path:
    """Find where the key of a pair lies."""
    return find_folder() / FOLDER / f"{name}.key"


def list_key_files() -> Iterator[tuple[str, Path]]:
    """List the keys that there are, by their names in a backup."""
    for path in sorted((find_folder() / FOLDER).glob("*.key")):
        name = f"{FOLDER}/{path.name}"
        if NAMED.fullmatch(name):
            yield name, path


def begin_key(name: uuid.UUID) -> bytes:
    """Read the key of a pair, or make it: two at once end up with the same one.

    Only for a pair of which nothing is sealed: a key that was lost is never replaced
    under its own name, since the one that comes back would not open what the new one sealed.
    """
    path = find_path(name)
    if not path.exists():
        make_key(path)
    return read_key(name)


def make_key(path: Path) -> None:
    """Make a key, readable by its owner alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    writing = path.with_name(f".{path.name}.{uuid.uuid4()}.writing")
    descriptor = os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(AESGCM.generate_key(8 * KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link, unlike a renaming, never takes the place of another's key.
        os.link(writing, path)
    except FileExistsError:
        return
    finally:
        writing.unlink()


def read_key(name: uuid.UUID) -> bytes:
    """Read the key of a pair. Raises PairKeyError where there is none."""
    try:
        key = find_path(name).read_bytes()
    except OSError:
        raise PairKeyError from None
    if len(key) != KEY_BYTES:
        raise PairKeyError
    return key


def remove_key(name: uuid.UUID) -> None:
    """Remove the key of a pair: what it sealed is closed for good, in copies too."""
    find_path(name).unlink(missing_ok=True)


def seal(words: str, key: bytes, bound: str) -> str:
    """Seal words; `bound` says where they belong, and they open nowhere else.

    >>> key = bytes(32)
    >>> open_sealed(seal("We talked.", key, "visit 1"), key, "visit 1")
    'We talked.'
    """
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, words.encode(), bound.encode())
    return base64.b64encode(nonce + sealed).decode()


def open_sealed(sealed: str, key: bytes, bound: str) -> str:
    """Open what was sealed. Raises PairKeyError for another key, place or content."""
    try:
        content = base64.b64decode(sealed, validate=True)
        nonce, rest = content[:NONCE_BYTES], content[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, rest, bound.encode()).decode()
    except (InvalidTag, ValueError):
        raise PairKeyError from None
