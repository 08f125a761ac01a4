"""Where the log ended when it was last gone through, kept outside of the database.

A log that was cut off is whole again to whoever has the database alone; a note in the
site's folder tells.
"""

import json
import os

from commonroot.intake.secret import find_folder

NOTE = "log-end.json"


class KeptEndError(Exception):
    """The note about where the log ended cannot be read."""


def keep_end(number: int, digest: str) -> None:
    """Keep where the log ends, readable by its owner alone."""
    path = find_folder() / NOTE
    writing = path.with_name(f".{NOTE}.writing")
    descriptor = os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump({"line": number, "digest": digest}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(writing, path)


def read_end() -> tuple[int, str] | None:
    """Read where the log ended; None when it was never kept. Raises KeptEndError."""
    path = find_folder() / NOTE
    try:
        told = json.loads(path.read_text(encoding="ascii"))
        return int(told["line"]), str(told["digest"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise KeptEndError(
            f"The note of where the log ended cannot be read: {path}. Look into why; once "
            "you know, delete it, and the next night writes another."
        ) from None
