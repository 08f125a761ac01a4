"""Tell what a file is from its first bytes, and hand it to the reader for it."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from commonroot.intake.headers import count_known
from commonroot.intake.sources.edfi import read_edfi
from commonroot.intake.sources.layout import Known
from commonroot.intake.sources.objects import read_objects
from commonroot.intake.sources.pages import read_page
from commonroot.intake.sources.table import Source, UnreadableFileError
from commonroot.intake.sources.text import read_text
from commonroot.intake.sources.workbooks import read_workbook
from commonroot.languages import gettext as _

LOOKED_AT_BYTES = 4096
BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
ZIP, COMPOUND, GZIP, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF"


def read_source(path: Path, known: Known = count_known) -> Source:
    """Read a table, whatever its shape; `known` tells its header from other rows.

    Raises `UnreadableFileError` with a sentence for the person who gave the file.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(LOOKED_AT_BYTES)
            if not beginning.strip(BLANK) and not file.read().strip(BLANK):
                raise UnreadableFileError(_("The file is empty. Export it again."))
        reader = choose_reader(beginning, known)
        # A large text is never held in memory twice: polars reads it from the disk.
        return read_text(path, known) if reader is None else reader(path.read_bytes())
    except FileNotFoundError:
        raise UnreadableFileError(
            _("There is no file {path}. Check the name and try again.").format(
                path=path
            )
        ) from None
    except IsADirectoryError:
        raise UnreadableFileError(
            _("{path} is a folder. Name the one file that holds the incidents.").format(
                path=path
            )
        ) from None
    except OSError as error:
        raise UnreadableFileError(
            _("{path} could not be opened: {why}. Nothing was changed.").format(
                path=path, why=error.strerror
            )
        ) from None


def choose_reader(raw: bytes, known: Known) -> Callable[[bytes], Source] | None:
    """Choose by the first bytes; None is text, which is what is left."""
    if raw.startswith((ZIP, COMPOUND)):
        return partial(read_workbook, known=known)
    if raw.startswith(GZIP):
        raise UnreadableFileError(_("The file is compressed (gzip). Unpack it first."))
    if raw.startswith(PDF):
        raise UnreadableFileError(
            _(
                "The file is a PDF, which holds a picture of a table and not the table. Export the "
                "incidents as CSV or Excel."
            )
        )
    beginning = raw.replace(b"\x00", b"").lstrip(BLANK)
    # "[Incident]Incident_ID" is how PowerSchool begins a header, not how JSON begins.
    if re.match(rb"\{|\[\s*[\[\]{\"]", beginning):
        return read_objects
    if beginning.startswith(b"<"):
        page = looks_like_a_page(beginning)
        return partial(read_page, known=known) if page else read_edfi
    return None


def looks_like_a_page(beginning: bytes) -> bool:
    """Is this markup a web page rather than data in XML?"""
    text = beginning.lower()
    tags = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")
    return any(tag in text for tag in tags)
