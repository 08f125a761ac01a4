"""Web pages that call themselves Excel."""

from pathlib import Path

import pytest

from commonroot.intake import Source, UnreadableFileError, read_source

HEAD = "<tr><th>Incident ID</th><th>Incident Date</th><th>Location</th></tr>"
ROW = "<tr><td>1</td><td>9/3/2025</td><td>Gym &amp; stage</td></tr>"


def read(folder: Path, text: str, encoding: str = "utf-8") -> Source:
    path = folder / "incidents.xls"
    path.write_bytes(text.encode(encoding))
    return read_source(path)


def test_the_table_with_known_headers_is_read(tmp_path: Path) -> None:
    menu = "<table>" + "<tr><td>Home</td></tr>" * 30 + "</table>"

    source = read(
        tmp_path, f"<html><body>{menu}<table>{HEAD}{ROW}</table></body></html>"
    )

    assert source.frame.rows() == [("1", "9/3/2025", "Gym & stage")]
    assert source.guesses["tables"] == 2


@pytest.mark.parametrize(
    "text",
    [
        f"<table>{HEAD}{ROW}</table>",
        f"<!DOCTYPE html><html><table>{HEAD}{ROW}</table></html>",
        f"\ufeff<HTML><TABLE>{HEAD}{ROW}</TABLE></HTML>",
        f"<html><table>{HEAD}{ROW}",
        f"<html><table><thead>{HEAD}</thead><tbody>{ROW}</tbody></table></html>",
        f"<html><table><tr><td><table>{HEAD}{ROW}</table></td></tr></table></html>",
        f'<?xml version="1.0"?><html><table>{HEAD}{ROW}</table></html>',
        f"<html>{'<style>x</style>' * 500}<table>{HEAD}{ROW}</table></html>",
    ],
)
def test_a_table_is_found_however_it_is_wrapped(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).rows_read == 1


def test_a_cell_over_two_columns_leaves_the_second_empty(tmp_path: Path) -> None:
    row = '<tr><td>1</td><td colspan="2">9/3/2025</td></tr>'

    source = read(tmp_path, f"<html><table>{HEAD}{row}</table></html>")

    assert source.frame.rows() == [("1", "9/3/2025", None)]


@pytest.mark.parametrize("span", ["0", "two", "-3", "99999999999", ""])
def test_an_odd_span_is_no_traceback(span: str, tmp_path: Path) -> None:
    row = f'<tr><td>1</td><td>9/3/2025</td><td colspan="{span}">Gym</td></tr>'

    source = read(tmp_path, f"<html><table>{HEAD}{row}</table></html>")

    assert source.frame.rows() == [("1", "9/3/2025", "Gym")]


def test_a_sign_in_page_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="web page without a table"):
        read(tmp_path, "<html><body><form>Sign in</form></body></html>")


@pytest.mark.parametrize(
    "text", ["<html>", "<html><table></table></html>", "<!doctype html>"]
)
def test_an_empty_page_is_refused_in_words(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read(tmp_path, text)


def test_a_page_that_says_another_encoding_is_read_as_it_is(tmp_path: Path) -> None:
    meta = '<meta charset="iso-8859-1">'
    row = "<tr><td>1</td><td>9/3/2025</td><td>Café</td></tr>"

    source = read(tmp_path, f"<html>{meta}<table>{HEAD}{row}</table></html>")

    assert source.frame.row(0)[2] == "Café"
