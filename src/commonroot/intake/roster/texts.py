"""The bytes of one file to its rows, numbered as a spreadsheet numbers them."""

from collections.abc import Iterator
from itertools import islice

from commonroot.intake.roster.rules import Breaches
from commonroot.intake.sources import UnreadableFileError
from commonroot.intake.sources.encoding import to_text
from commonroot.intake.sources.text import EndlessCellError, iterate
from commonroot.languages import gettext as _

MOST_ROWS = 2_000_000
Numbered = tuple[int, list[str]]


def read_file(file: str, raw: bytes, found: Breaches) -> Iterator[Numbered]:
    """Give a file's rows with their numbers, the header first.

    Lines with nothing on them at the end of a file are no rows. Raises
    `UnreadableFileError` for a file of too many rows.
    """
    text = check_text(file, raw, found)
    number = 0
    try:
        for number, cells in enumerate(iterate(text, ","), start=1):
            if number > MOST_ROWS:
                raise UnreadableFileError(
                    _(
                        "{file} has more than {most:,} rows. Send the roster of fewer schools."
                    ).format(file=file, most=MOST_ROWS)
                )
            yield number, cells
    except EndlessCellError:
        found.add(file, number + 1, "file-broken")


def check_text(file: str, raw: bytes, found: Breaches) -> str:
    """Give a file's text without its mark; nothing of a file that is not text."""
    text, encoding = to_text(raw)
    if encoding == "utf-8-sig":
        found.add(file, 0, "file-mark")
    if not is_utf8(raw):
        found.add(file, 0, "file-encoding")
    if "\x00" in text:
        found.add(file, 0, "file-broken")
        return ""
    return text.rstrip("\r\n")


def is_utf8(raw: bytes) -> bool:
    """Is this UTF-8?

    >>> is_utf8("año".encode()), is_utf8("año".encode("cp1252"))
    (True, False)
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def take_header(rows: Iterator[Numbered]) -> list[str]:
    """Take the header off the rows; nothing when there is none."""
    return next((cells for _, cells in islice(rows, 1)), [])
