"""The header of one file: which column stands where, and what is dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonroot.intake.roster.records import Unread
from commonroot.intake.roster.rules import Breaches
from commonroot.intake.roster.standard import FileStandard

METADATA = "metadata."
PASSWORD = "password"


@dataclass(frozen=True)
class Header:
    """Where the columns stand that are read, and the names of those that are not."""

    width: int
    places: Mapping[str, int]
    password: int | None
    dropped: tuple[Unread, ...]

    @property
    def key(self) -> int:
        """Where the record's own key stands."""
        return self.places["sourcedId"]


def read_header(
    cells: Sequence[str], standard: FileStandard, mode: str, found: Breaches
) -> Header | None:
    """Read a header; None when the file cannot be used with it."""
    file = standard.file
    names = [name_column(cell, standard) for cell in cells]
    for cell, name in zip(cells, names, strict=True):
        if name in standard.columns and cell != name:
            found.add(file, 1, "header-case", name)
    for position, name in enumerate(names, start=1):
        if not name:
            found.add(file, 1, "column-unknown", f"column {position}")
    if not is_ordered(names, standard):
        found.add(file, 1, "header-order")
    if is_unusable(names, standard, mode, found):
        return None
    return Header(
        width=len(cells),
        places={name: names.index(name) for name in standard.read & set(names)},
        password=names.index(PASSWORD) if PASSWORD in names else None,
        dropped=tuple(dict.fromkeys(list_dropped(names, standard))),
    )


def name_column(cell: str, standard: FileStandard) -> str:
    """Give the standard's name of a header; an empty text for one it does not know."""
    name = cell.strip()
    if name in standard.tolerated:
        return name
    if name.startswith(METADATA) and name != METADATA:
        return METADATA
    folded = {column.casefold(): column for column in standard.columns}
    return folded.get(name.casefold(), "")


def is_ordered(names: Sequence[str], standard: FileStandard) -> bool:
    """Do the standard's columns stand in their order, and metadata after them?"""
    order = (*standard.columns, METADATA)
    ranks = [order.index(name) for name in names if name in order]
    return ranks == sorted(ranks)


def is_unusable(
    names: Sequence[str], standard: FileStandard, mode: str, found: Breaches
) -> bool:
    """Note columns that are missing or doubled; do they spoil the file?"""
    needed = standard.required | ({"status"} if mode == "delta" else set())
    missing = [column for column in standard.columns if column not in names]
    for column in missing:
        code = "column-required" if column in needed else "column-missing"
        found.add(standard.file, 1, code, column)
    twice = [column for column in standard.columns if names.count(column) > 1]
    for column in twice:
        found.add(standard.file, 1, "header-twice", column)
    return bool(twice or needed & set(missing))


def list_dropped(names: Sequence[str], standard: FileStandard) -> list[Unread]:
    """Name the columns that are not read.

    A header that is not of the standard is named by its position: where the header is
    missing, it is somebody's data.
    """
    told = []
    for position, name in enumerate(names, start=1):
        if name not in standard.read:
            shown = f"{METADATA}*" if name == METADATA else name
            told.append(
                Unread(standard.file, "column", shown)
                if shown
                else Unread(standard.file, "place", str(position))
            )
    return told
