"""Web pages that call themselves Excel: the biggest table with a known header."""

from lxml import etree, html

from commonroot.intake.headers import count_known
from commonroot.intake.sources.encoding import to_text
from commonroot.intake.sources.layout import SEARCHED_ROWS, Known, need_header
from commonroot.intake.sources.table import (
    Rows,
    Source,
    UnreadableFileError,
    make_source,
)
from commonroot.languages import gettext as _


def read_page(raw: bytes, known: Known = count_known) -> Source:
    """Read the table of a web page whose header we know best, then the longest."""
    text, encoding = to_text(raw)
    tables = [rows for rows in read_tables(text) if rows]
    if not tables:
        raise UnreadableFileError(
            _(
                "The file is a web page without a table (perhaps a sign-in page that was saved by "
                "mistake). Export the incidents as CSV or Excel."
            )
        )

    def quality(rows: Rows) -> tuple[int, int]:
        return max(known(row) for row in rows[:SEARCHED_ROWS]), len(rows)

    rows = max(tables, key=quality)
    skipped = need_header(rows, known)
    guesses = {
        "format": "web page with a table",
        "encoding": encoding,
        "tables": len(tables),
        "preamble_rows": skipped,
    }
    numbered = enumerate(rows[skipped + 1 :], start=skipped + 2)
    return make_source(rows[skipped], numbered, guesses)


def read_tables(text: str) -> list[Rows]:
    """Read every table; a cell over several columns leaves the others empty."""
    try:
        tree = html.document_fromstring(
            text.encode(), parser=html.HTMLParser(encoding="utf-8")
        )
    except etree.ParserError:
        return []
    return [
        [read_cells(row) for row in table.iterfind(".//tr")]
        for table in tree.iter("table")
        if table.find(".//table") is None
    ]


def read_cells(row: html.HtmlElement) -> list[str | None]:
    """Read the cells of one row as text."""
    cells: list[str | None] = []
    for cell in row.iterfind("*"):
        if cell.tag in ("td", "th"):
            cells.append(" ".join(cell.text_content().split()) or None)
            spanned = cell.get("colspan") or "1"
            more = int(spanned) - 1 if spanned.isdecimal() and len(spanned) < 4 else 0
            cells.extend([None] * more)
    return cells
