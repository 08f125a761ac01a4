"""Tell what a file is from its first bytes, and hand it to the reader for it."""

import re
from collections.abc import Callable
from pathlib import Path

from commonroot.intake.sources.edfi import read_edfi
from commonroot.intake.sources.objects import read_objects
from commonroot.intake.sources.pages import read_page
from commonroot.intake.sources.table import Source, UnreadableFileError
from commonroot.intake.sources.text import read_text
from commonroot.intake.sources.workbooks import read_workbook

ZIP, COMPOUND, GZIP, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF"


def read_source(path: Path) -> Source:
    """Read a file of incidents, whatever its shape.

    Raises `UnreadableFileError` with a sentence for the person who gave the file.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(
            f"There is no file {path}. Check the name and try again."
        ) from None
    except IsADirectoryError:
        raise UnreadableFileError(
            f"{path} is a folder. Name the one file that holds the incidents."
        ) from None
    except OSError as error:
        raise UnreadableFileError(
            f"{path} could not be opened: {error.strerror}. Nothing was changed."
        ) from None
    return choose_reader(raw)(raw)


def choose_reader(raw: bytes) -> Callable[[bytes], Source]:
    """Choose by the first bytes; text is what is left."""
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFileError("The file is empty. Export it again.")
    if raw.startswith((ZIP, COMPOUND)):
        return read_workbook
    if raw.startswith(GZIP):
        raise UnreadableFileError("The file is compressed (gzip). Unpack it first.")
    if raw.startswith(PDF):
        raise UnreadableFileError(
            "The file is a PDF, which holds a picture of a table and not the table. "
            "Export the incidents as CSV or Excel."
        )
    beginning = raw[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    # "[Incident]Incident_ID" is how PowerSchool begins a header, not how JSON begins.
    if re.match(rb"\{|\[\s*[\[\]{\"]", beginning):
        return read_objects
    if beginning.startswith(b"<"):
        return read_page if looks_like_a_page(beginning) else read_edfi
    return read_text


def looks_like_a_page(beginning: bytes) -> bool:
    """Is this markup a web page rather than data in XML?"""
    text = beginning.lower()
    tags = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")
    return any(tag in text for tag in tags)
