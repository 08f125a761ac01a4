"""The key that lines are sealed with. It lies in the site's folder, never in its database.

It is made from the secret of students' numbers: a site has that for good, every backup
holds it, and it has nothing to do with COMMONROOT_SECRET, which may change at any time.
"""

import hashlib
import hmac

from commonroot.intake.secret import SECRET, SecretError, find_folder, read_secret

PURPOSE = b"commonroot log"
NAME_DIGITS = 16


class LogKeyError(Exception):
    """The log's key is missing, or is not the one that the log is sealed with."""


def derive_key(secret: bytes) -> bytes:
    """Make the log's key from the site's secret; neither gives the other away.

    >>> len(derive_key(b"s" * 32)), derive_key(b"s" * 32) == derive_key(b"t" * 32)
    (32, False)
    """
    return hmac.digest(secret, PURPOSE, "sha256")


def name_key(key: bytes) -> str:
    """Name a key without giving it away."""
    return hashlib.sha256(PURPOSE + b" key\x00" + key).hexdigest()[:NAME_DIGITS]


def make_key() -> bytes:
    """Read the log's key; on a machine that never had a secret, make one."""
    try:
        return derive_key(read_secret())
    except SecretError as error:
        raise LogKeyError(f"The log has no key.\n{error}") from None


def find_key() -> bytes:
    """Read the log's key where there must be one: none is made.

    A new one would not open what is sealed, and would stand in the way of the old.
    """
    path = find_folder() / SECRET
    if not path.exists():
        raise LogKeyError(
            f"The log cannot be checked or written: its key is made from {path}, and that "
            "is not there. Put it back from a backup of this site."
        )
    return make_key()


def need_same(sealed_by: str, key: bytes) -> None:
    """Raise LogKeyError unless a log that names its key names this one."""
    if sealed_by and sealed_by != name_key(key):
        raise LogKeyError(
            "The log says that it is sealed with another key than this site has. Put back "
            f"the right {find_folder() / SECRET}, from a backup of this site. If that is "
            "the right one, somebody changed the database."
        )
