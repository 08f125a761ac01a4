"""Which files of a bundle are to be read, and how: what its manifest says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from commonroot.intake.roster.members import Member
from commonroot.intake.roster.rules import Breaches
from commonroot.intake.roster.standard import VERSIONS, list_names
from commonroot.intake.roster.texts import read_file, take_header
from commonroot.intake.sources import UnreadableFileError
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop

MANIFEST = "manifest.csv"
MODES = ("absent", "bulk", "delta")
OLD_VERSION = gettext_noop(
    "This is OneRoster 1.0. Commonroot reads versions 1.1 and 1.2. Ask for an export in "
    "one of them."
)
KNOWN_FILES = {
    MANIFEST.casefold(): MANIFEST,
    **{f"{n}.csv".casefold(): f"{n}.csv" for v in VERSIONS for n in list_names(v)},
}


@dataclass(frozen=True)
class Bundle:
    """The files of one bundle by name, its version, and the mode of each file."""

    version: str
    files: Mapping[str, Member]
    modes: Mapping[str, str]
    strangers: int = 0


def open_bundle(name: str, members: Sequence[Member], found: Breaches) -> Bundle:
    """Find the files of a bundle and what its manifest says of them.

    Raises `UnreadableFileError` for what is no bundle, or one of version 1.0.
    """
    top = find_top(name, members)
    if top.parts:
        found.add(MANIFEST, 0, "nested-folder")
    beside = [member for member in members if member.path.parent == top]
    files = name_files(name, beside, found)
    told = read_manifest(files, found)
    version = find_version(told, files, found)
    modes = {file: find_mode(file, told, files, found) for file in list_names(version)}
    return Bundle(version, files, modes, len(members) - len(files))


def find_top(name: str, members: Sequence[Member]) -> PurePosixPath:
    """Find the folder that holds the bundle's files: its manifest, or its orgs."""
    for wanted in (MANIFEST, "orgs.csv", "users.csv"):
        tops = {m.path.parent for m in members if m.path.name.casefold() == wanted}
        if len(tops) > 1:
            raise UnreadableFileError(
                _("{name} holds more than one roster. Send one at a time.").format(
                    name=name
                )
            )
        if tops:
            return tops.pop()
    raise UnreadableFileError(
        _(
            "{name} holds no OneRoster files (manifest.csv, orgs.csv, users.csv). Send the "
            "archive as the system made it."
        ).format(name=name)
    )


def name_files(
    bundle: str, members: Sequence[Member], found: Breaches
) -> dict[str, Member]:
    """Give the standard's files by their names; other files are not looked at."""
    files: dict[str, Member] = {}
    for member in members:
        name = KNOWN_FILES.get(member.path.name.casefold())
        if name in files:
            raise UnreadableFileError(
                _("{bundle} holds {name} twice. Make the archive anew.").format(
                    bundle=bundle, name=name
                )
            )
        if name:
            files[name] = member
            if member.path.name != name:
                found.add(name, 0, "file-case")
    return files


def read_manifest(files: Mapping[str, Member], found: Breaches) -> dict[str, str]:
    """Read the manifest's properties; none when there is no manifest to read."""
    if MANIFEST not in files:
        found.add(MANIFEST, 0, "manifest-missing")
        return {}
    rows = read_file(MANIFEST, files[MANIFEST].read(), found)
    if take_header(rows) != ["propertyName", "value"]:
        found.add(MANIFEST, 1, "manifest-unreadable")
        return {}
    told: dict[str, str] = {}
    for number, cells in rows:
        if len(cells) != 2:
            found.add(MANIFEST, number, "row-width")
        elif cells[0] in told:
            found.add(MANIFEST, number, "manifest-twice")
        else:
            told[cells[0]] = cells[1].strip()
    return told


def find_version(
    told: Mapping[str, str], files: Mapping[str, Member], found: Breaches
) -> str:
    """Find the version: what the manifest says, or what the files look like."""
    said = told.get("oneroster.version")
    if said == "1.0" or (not told and is_old(files)):
        raise UnreadableFileError(_(OLD_VERSION))
    if told and "manifest.version" not in told:
        found.add(MANIFEST, 0, "manifest-property", "manifest.version")
    if told and said is None:
        found.add(MANIFEST, 0, "manifest-property", "oneroster.version")
    unknown = said is not None and said not in VERSIONS
    if unknown or told.get("manifest.version", "1.0") != "1.0":
        found.add(MANIFEST, 0, "manifest-version")
    if said in VERSIONS:
        return said
    return "1.2" if "roles.csv" in files else "1.1"


def is_old(files: Mapping[str, Member]) -> bool:
    """Are these files of 1.0, which had no manifest and no enabledUser?"""
    if "users.csv" not in files:
        return False
    header = take_header(read_file("users.csv", files["users.csv"].read(), Breaches()))
    return "enableduser" not in [cell.strip().casefold() for cell in header]


def find_mode(
    name: str, told: Mapping[str, str], files: Mapping[str, Member], found: Breaches
) -> str:
    """Find how one file is to be read: absent, bulk or delta."""
    file, said = f"{name}.csv", told.get(f"file.{name}")
    present = file in files
    if told and said is None:
        found.add(MANIFEST, 0, "manifest-property", f"file.{name}")
    if said is not None and said not in MODES:
        found.add(MANIFEST, 0, "manifest-mode", f"file.{name}")
    if said not in MODES:
        return "bulk" if present else "absent"
    if said == "absent" and present:
        found.add(file, 0, "file-absent")
    if said != "absent" and not present:
        found.add(file, 0, "file-missing")
    return said
