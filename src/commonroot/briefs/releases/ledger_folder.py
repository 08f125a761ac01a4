"""The ledger as a folder: one file a release, with what was shown and what was not.

It holds true numbers. It belongs where the records are, never beside what is published.
"""

import datetime as dt
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
    for path in sorted(folder.glob(PATTERN)):
        try:
            entry = Entry.from_json(json.loads(path.read_text(encoding="utf-8")))
            released_on = dt.date.fromisoformat(entry.released_on)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            raise DesignError(
                f"{path} is in the ledger and cannot be read. Nothing was released: "
                "without it the promise cannot be checked. Restore the file."
            ) from None
        if released_on > subtract_months(on, MONTHS):
            found.append(entry)
    return found


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
    path = folder / f"release-{newest + 1:05d}.json"
    draft = folder / f".{path.name}.{os.getpid()}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(entry.to_json(), file)
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
