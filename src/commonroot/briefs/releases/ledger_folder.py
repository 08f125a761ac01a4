"""The ledger as a folder: one file a release, with what was shown and what was not.

It holds true numbers. It belongs where the records are, never beside what is published.
"""

import datetime as dt
import hashlib
import json
import os
from pathlib import Path

from commonroot.analysis.disclosure.design import DesignError
from commonroot.analysis.disclosure.ledger import Entry

MONTHS = 24
PATTERN = "release-*.json"


def read_ledger(folder: Path, on: dt.date) -> list[Entry]:
    """Read the releases of the last 24 months; a folder that is not there is empty."""
    found = []
    paths = sorted(folder.glob(PATTERN))
    for number, path in enumerate(paths, start=1):
        if path.name != name_file(number):
            raise DesignError(
                f"{folder / name_file(number)} is not there, and later releases are. "
                "Nothing was released: restore the file."
            )
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            entry = Entry.from_json(read)
            released_on = dt.date.fromisoformat(entry.released_on)
            if read["digest"] != digest_entry(entry):
                raise ValueError("changed by hand")
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            raise DesignError(
                f"{path} is in the ledger and is damaged. Nothing was released: "
                "without it the promise cannot be checked. Restore the file."
            ) from None
        if released_on > subtract_months(on, MONTHS):
            found.append(entry)
    return found


def name_file(number: int) -> str:
    """Name the file of a release.

    >>> name_file(7)
    'release-00007.json'
    """
    return f"release-{number:05d}.json"


def digest_entry(entry: Entry) -> str:
    """Give the SHA-256 of an entry, so that a change by hand is seen."""
    text = json.dumps(entry.to_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def subtract_months(day: dt.date, months: int) -> dt.date:
    """Go back so many months; the 31st of a short month is its last day.

    >>> subtract_months(dt.date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def count_entries(folder: Path) -> int:
    """Give the number of the newest release in a ledger; 0 where there is none."""
    numbers = (int(path.stem.split("-")[1]) for path in folder.glob(PATTERN))
    return max(numbers, default=0)


def add_entry(folder: Path, entry: Entry, newest: int) -> Path:
    """Add a release to the ledger; it is on the disk before anything is published.

    `newest` is the number of the last release that this one was solved beside. When
    another has come since, nothing is added: the two have not seen one another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / name_file(newest + 1)
    draft = folder / f".{path.name}.{os.getpid()}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump({**entry.to_json(), "digest": digest_entry(entry)}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o600)
    try:
        put_once(draft, path)
    except FileExistsError:
        raise DesignError(
            f"Another release was added to {folder} while this one was being solved. "
            "Nothing was released: the two have not seen one another. Run it again."
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    return path


def put_once(draft: Path, path: Path) -> None:
    """Put a finished file in its place; raises FileExistsError when that is taken.

    Unlike a renaming, a link does not replace what somebody else has put there. Some
    memory sticks know no links: there a renaming has to do.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
