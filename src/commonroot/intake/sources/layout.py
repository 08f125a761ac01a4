"""Where the header stands: the row that knows the most column names."""

from collections.abc import Callable, Iterable, Sequence

from commonroot.intake.headers import count_known
from commonroot.intake.sources.table import UnreadableFileError
from commonroot.languages import gettext as _

# Counts the cells of a row that are headers we know, for one kind of file.
Known = Callable[[Iterable[str | None]], int]
SEARCHED_ROWS = 60
LEAST_KNOWN = 2


def find_header(
    rows: Sequence[Sequence[str | None]], known: Known = count_known
) -> int | None:
    """Find the row with the most headers that we know; the first of equals.

    >>> find_header([["Discipline report"], ["Incident Date", "Location"], ["1/5/26"]])
    1
    """
    found = [known(row) for row in rows[:SEARCHED_ROWS]]
    best = max(found, default=0)
    return found.index(best) if best >= LEAST_KNOWN else None


def need_header(
    rows: Sequence[Sequence[str | None]], known: Known = count_known
) -> int:
    """Find the header, or take the first row with something in every cell.

    A file whose headers we do not know may still be mapped by hand; a file that
    begins with data has no header to map.
    """
    found = find_header(rows, known)
    if found is not None:
        return found
    width = max((len(row) for row in rows[:SEARCHED_ROWS]), default=0)
    for position, row in enumerate(rows[:SEARCHED_ROWS]):
        if len(row) == width and all(could_be_header(cell) for cell in row):
            return position
    raise UnreadableFileError(
        _(
            "No row of this file looks like a header. Commonroot needs one row that names the "
            "columns (for example: Incident Date, Location, Behavior). Add that row, or export "
            "the file again with headers on."
        )
    )


def could_be_header(cell: str | None) -> bool:
    """Could this cell name a column? Data have digits and gaps; names do not."""
    return bool(cell) and any(c.isalpha() for c in cell or "") and len(cell or "") < 60
