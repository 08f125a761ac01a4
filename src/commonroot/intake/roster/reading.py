"""A roster from whatever was given: a OneRoster bundle, or a plain list."""

from dataclasses import replace
from pathlib import Path

from commonroot.intake.roster.members import LARGEST_BUNDLE, Member, list_members
from commonroot.intake.roster.oneroster import read_bundle
from commonroot.intake.roster.plain import read_plain
from commonroot.intake.roster.records import Roster
from commonroot.intake.roster.rules import Breaches, refuse
from commonroot.intake.sources import UnreadableFileError
from commonroot.languages import gettext as _

# A zip archive begins with its first file, or with its end when it holds none.
ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
WORKBOOK_PARTS = ("[Content_Types].xml", "content.xml")


def read_roster(path: Path, *, strict: bool = False) -> Roster:
    """Read places, staff and sessions. What is read stands in `docs/roster.md`.

    Read leniently, rows that are not as they should be are left out where they would
    do harm, and `Roster.breaches` tells every one. Strictly, any breach raises
    `RosterError`, and nothing is taken. `UnreadableFileError` says in a sentence why a
    file cannot be read at all. Students are counted and never kept.
    """
    found = Breaches()
    try:
        roster = read_any(path, found)
    except FileNotFoundError:
        raise UnreadableFileError(
            _("There is no file {path}. Check the name and try again.").format(
                path=path
            )
        ) from None
    except OSError as error:
        raise UnreadableFileError(
            _("{path} could not be opened: {why}. Nothing was changed.").format(
                path=path, why=error.strerror
            )
        ) from None
    breaches = found.settle(strict=strict)
    if strict:
        refuse(breaches)
    return replace(roster, breaches=breaches)


def read_any(path: Path, found: Breaches) -> Roster:
    """Tell what was given, and read it."""
    if path.is_dir() or is_archive(path):
        members = list_members(path)
        if path.is_dir() or not is_workbook(members):
            return read_bundle(path.name, members, found)
    elif path.suffix.casefold() == ".zip":
        raise UnreadableFileError(
            _("{file} is named like a zip archive and is none. Send it again.").format(
                file=path.name
            )
        )
    if path.stat().st_size > LARGEST_BUNDLE:
        raise UnreadableFileError(
            _("{file} is too large for a list of staff.").format(file=path.name)
        )
    return read_plain(path, found)


def is_archive(path: Path) -> bool:
    """Is this a zip archive, by its first bytes?"""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(4) in ZIP_BEGINNINGS


def is_workbook(members: list[Member]) -> bool:
    """Is this archive a workbook, which is packed like one?"""
    return any(str(member.path) in WORKBOOK_PARTS for member in members)
