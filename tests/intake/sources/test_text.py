"""Separated text in any encoding, with titles above, odd rows and odd quotes."""

from pathlib import Path

import pytest

from commonroot.intake import Source, UnreadableFileError, read_source

TABLE = "Incident ID,Incident Date,Location\n1,9/3/2025,Café\n2,9/4/2025,Gym\n"


def read(folder: Path, content: bytes | str) -> Source:
    path = folder / "incidents.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(path)


def cells(source: Source) -> list[tuple[str | None, ...]]:
    return [
        tuple(None if c is None else str(c) for c in r) for r in source.frame.rows()
    ]


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_each_encoding_is_found(
    encoding: str, mark: bytes, name: str, tmp_path: Path
) -> None:
    source = read(tmp_path, mark + TABLE.encode(encoding))

    assert source.headers == ["Incident ID", "Incident Date", "Location"]
    assert cells(source) == [("1", "9/3/2025", "Café"), ("2", "9/4/2025", "Gym")]
    assert source.guesses["encoding"] == name


def test_one_odd_byte_far_below_is_found(tmp_path: Path) -> None:
    many = "".join(f"{n},9/4/2025,Gym\n" for n in range(9000))

    source = read(
        tmp_path, (TABLE.replace("é", "e") + many).encode() + b"9,9/3/2025,Caf\xe9\n"
    )

    assert cells(source)[-1] == ("9", "9/3/2025", "Café")
    assert source.guesses["encoding"] == "cp1252 (found further down)"


@pytest.mark.parametrize(
    ("delimiter", "name"),
    [(",", "comma"), ("\t", "tab"), (";", "semicolon"), ("|", "pipe"), ("^", "caret")],
)
def test_each_separator_is_found(delimiter: str, name: str, tmp_path: Path) -> None:
    source = read(tmp_path, TABLE.replace(",", delimiter))

    assert cells(source)[0] == ("1", "9/3/2025", "Café")
    assert source.guesses["delimiter"] == name


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_line_end_is_read(line_end: str, tmp_path: Path) -> None:
    source = read(tmp_path, TABLE.replace("\n", line_end))

    assert cells(source)[1] == ("2", "9/4/2025", "Gym")
    assert source.rows_read == 2


def test_a_title_above_is_passed_over_and_rows_keep_their_numbers(
    tmp_path: Path,
) -> None:
    source = read(tmp_path, "Discipline report\nCedar, 2025-26,,\n\n" + TABLE)

    assert source.guesses["preamble_rows"] == 3
    assert source.row_numbers.to_list() == [5, 6]


def test_a_line_break_inside_quotes_belongs_to_its_cell(tmp_path: Path) -> None:
    source = read(tmp_path, TABLE + '3,9/5/2025,"Hall\nsecond floor"\n4,9/8/2025,Gym\n')

    assert cells(source)[2:] == [
        ("3", "9/5/2025", "Hall\nsecond floor"),
        ("4", "9/8/2025", "Gym"),
    ]
    assert source.row_numbers.to_list() == [2, 3, 4, 5]


def test_doubled_quotes_are_one_quote(tmp_path: Path) -> None:
    source = read(tmp_path, TABLE + '3,9/5/2025,"The ""Pit"", east"\n')

    assert cells(source)[2] == ("3", "9/5/2025", 'The "Pit", east')


def test_a_backslash_before_a_quote_belongs_to_the_quote(tmp_path: Path) -> None:
    lines = ['"1","9/3/2025","The \\"Pit\\", east"', '"2","9/4/2025","NULL"']

    source = read(
        tmp_path, '"Incident ID","Incident Date","Location"\n' + "\n".join(lines)
    )

    assert cells(source)[0] == ("1", "9/3/2025", 'The "Pit", east')
    assert source.guesses["quotes"] == "escaped by a backslash"


def test_a_backslash_that_ends_a_cell_is_only_a_backslash(tmp_path: Path) -> None:
    lines = [f'"{n}","9/{n}/2025","C:\\"' for n in range(1, 7)]

    source = read(
        tmp_path, '"Incident ID","Incident Date","Location"\n' + "\n".join(lines)
    )

    assert cells(source) == [(f"{n}", f"9/{n}/2025", "C:\\") for n in range(1, 7)]


def test_a_short_row_is_filled_and_a_long_one_is_told(tmp_path: Path) -> None:
    source = read(
        tmp_path, TABLE + "3,9/5/2025\n4,9/8/2025,Gym,more,\n5,9/9/2025,Gym,,\n"
    )

    assert cells(source)[2:] == [
        ("3", "9/5/2025", None),
        ("4", "9/8/2025", "Gym"),
        ("5", "9/9/2025", "Gym"),
    ]
    assert source.ragged == frozenset({5})


def test_a_stray_quote_swallows_nothing(tmp_path: Path) -> None:
    source = read(tmp_path, TABLE + '3,9/5/2025,6" pipe\n4,9/8/2025,Gym\n')

    assert [row[0] for row in cells(source)] == ["1", "2", "3", "4"]


def test_a_quote_that_never_closes_loses_no_row_in_silence(tmp_path: Path) -> None:
    many = "".join(f"{n},9/5/2025,Gym\n" for n in range(3, 30))

    try:
        source = read(tmp_path, TABLE.replace("Gym", '"Gym') + many)
    except UnreadableFileError:
        return

    assert source.rows_read == 29


def test_an_empty_header_gets_a_name(tmp_path: Path) -> None:
    source = read(tmp_path, "Incident Date,,Location,Location\n9/3/2025,x,Gym,Bus\n")

    assert source.headers == ["Incident Date", "(column 2)", "Location", "Location (2)"]


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "Incident Date,Location\n").rows_read == 0


def test_a_last_line_without_an_end_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, TABLE.rstrip("\n")).rows_read == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\x00" * 500, "The file is empty"),
        (b"\xff\xfe", "The file is empty"),
        (b"%PDF-1.7\n\x00", "The file is a PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (bytes(range(256)) * 9, "not text|No row of this file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text|No row of this file"),
        (b"1,2,3\n4,5,6\n", "No row of this file looks like a header"),
    ],
)
def test_what_is_no_table_is_refused_in_words(
    content: bytes, told: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        read(tmp_path, content)


def test_a_folder_and_a_missing_file_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_source(tmp_path)
    with pytest.raises(UnreadableFileError, match="There is no file"):
        read_source(tmp_path / "gone.csv")


def test_a_path_below_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(UnreadableFileError, match="could not be opened"):
        read_source(tmp_path / "file" / "below.csv")


def test_a_header_below_a_long_story_is_found(tmp_path: Path) -> None:
    source = read(tmp_path, "\n" * 50 + TABLE)

    assert source.row_numbers.to_list() == [52, 53]


def test_a_file_read_slowly_says_the_same_as_one_read_fast(tmp_path: Path) -> None:
    fast = read(tmp_path, TABLE + "3,9/5/2025,Bus\n")

    slow = read(tmp_path, TABLE + "3,9/5/2025,Bus,\n")

    assert cells(fast) == cells(slow)
    assert fast.row_numbers.to_list() == slow.row_numbers.to_list()


def test_an_empty_line_is_counted_the_same_way_fast_and_slowly(tmp_path: Path) -> None:
    fast = read(tmp_path, TABLE + "\n3,9/5/2025,Bus\n")

    slow = read(tmp_path, TABLE + "\n3,9/5/2025,Bus,\n")

    assert cells(fast) == cells(slow)
    assert fast.row_numbers.to_list() == slow.row_numbers.to_list()


def test_a_quote_that_closes_many_rows_later_takes_none_of_them(tmp_path: Path) -> None:
    rows = [f"{n},9/{1 + n % 28}/2025,Gym,Theft" for n in range(400)]
    rows[50] = '50,9/3/2025,"Gym,Theft'
    rows[350] = '350,9/3/2025,Gym",Theft'
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["Incident ID,Date,Location,Behavior", *rows]) + "\n")

    assert read_source(path).rows_read == 400
