"""The files of a bundle, from a zip archive or a folder, without unpacking any.

What a bundle may not be (a bomb, a link, a path that leads outside) is refused before
a single byte of its files is read.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from commonroot.intake.sources import UnreadableFileError
from commonroot.languages import gettext as _

LARGEST_BUNDLE = 500_000_000
MOST_MEMBERS = 200
PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Member:
    """One file of a bundle: its path inside, its bytes when unpacked, how to read it."""

    path: PurePosixPath
    size: int
    read: Callable[[], bytes]


def list_members(path: Path) -> list[Member]:
    """List the files of a zip archive or a folder.

    Raises `UnreadableFileError` for one that is not safe or not whole.
    """
    members = list_folder(path) if path.is_dir() else list_archive(path)
    refuse_bombs(path.name, members)
    return [member for member in members if not is_litter(member.path)]


def is_litter(path: PurePosixPath) -> bool:
    """Is this a file that an operating system adds by itself?

    >>> is_litter(PurePosixPath("__MACOSX/._users.csv")), is_litter(PurePosixPath("a.csv"))
    (True, False)
    """
    return path.parts[0] == "__MACOSX" or path.name.startswith(".")


def refuse_bombs(name: str, members: Sequence[Member]) -> None:
    """Refuse a bundle of too many files, or of too many bytes."""
    if len(members) > MOST_MEMBERS:
        raise UnreadableFileError(
            _(
                "{name} holds more than {most} files, and a roster has about 20. Send the roster's "
                "files alone."
            ).format(name=name, most=MOST_MEMBERS)
        )
    if sum(member.size for member in members) > LARGEST_BUNDLE:
        raise UnreadableFileError(
            _(
                "{name} unpacks to more than {most} million bytes. Commonroot does not open it. Send "
                "the roster of fewer schools."
            ).format(name=name, most=LARGEST_BUNDLE // 1000000)
        )


def list_folder(folder: Path) -> list[Member]:
    """List the files of a folder and of the folders in it, one level down."""
    found = sorted(folder.iterdir())
    found += [file for sub in found if is_plain_folder(sub) for file in sub.iterdir()]
    for file in found:
        if file.is_symlink():
            raise UnreadableFileError(
                _(
                    "{file} holds a link to another place. Put the files themselves into the folder."
                ).format(file=folder.name)
            )
    files = [file for file in found if file.is_file()]
    return [
        Member(
            PurePosixPath(file.relative_to(folder).as_posix()),
            file.stat().st_size,
            file.read_bytes,
        )
        for file in files
    ]


def is_plain_folder(path: Path) -> bool:
    """Is this a folder, and not a link to one?"""
    return path.is_dir() and not path.is_symlink()


def list_archive(path: Path) -> list[Member]:
    """List the files of a zip archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except DAMAGED:
        raise refuse_damaged(path) from None
    for entry in entries[: MOST_MEMBERS + 1]:
        refuse_entry(path.name, entry)
    return [
        Member(name_entry(entry), entry.file_size, make_reader(path, entry))
        for entry in entries
    ]


def name_entry(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Give an entry's path, as it was written into the archive."""
    return PurePosixPath(entry.orig_filename.replace("\\", "/"))


def refuse_entry(name: str, entry: zipfile.ZipInfo) -> None:
    """Refuse an archive with an entry that is not a plain file of its own."""
    path = name_entry(entry)
    outside = path.is_absolute() or ".." in path.parts or ":" in path.parts[0]
    if outside or "\x00" in entry.orig_filename:
        raise UnreadableFileError(
            _(
                "{name} holds a file whose path leads outside the archive. Commonroot does not open "
                "it. Make the archive anew."
            ).format(name=name)
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableFileError(
            _(
                "{name} holds a link to another place. Put the files themselves into it."
            ).format(name=name)
        )
    if entry.flag_bits & 1:
        raise UnreadableFileError(
            _(
                "{name} is protected by a password. Make the archive without one."
            ).format(name=name)
        )
    if entry.compress_type not in PLAIN_WAYS:
        raise UnreadableFileError(
            _(
                "{name} is packed in an unusual way. Make an ordinary zip archive."
            ).format(name=name)
        )


def make_reader(path: Path, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    """Make the reader of one entry; it never unpacks more than the entry promised."""

    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
                return file.read(entry.file_size + 1)
        except DAMAGED:
            raise refuse_damaged(path) from None

    return read


def refuse_damaged(path: Path) -> UnreadableFileError:
    """Say that an archive is not whole."""
    return UnreadableFileError(
        _(
            "{file} begins like a zip archive but cannot be read as one (it is damaged, or was "
            "cut short on its way). Send it again."
        ).format(file=path.name)
    )
