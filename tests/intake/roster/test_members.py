"""Archives and folders that are not what they should be: a sentence for each."""

import struct
import zipfile
from pathlib import Path

import pytest

from commonroot.intake import UnreadableFileError
from commonroot.intake.roster import members, read_roster, texts
from intake.roster.bundles import make_bundle, write_folder, write_zip


def refuse(path: Path) -> str:
    """Read what cannot be read, strictly and leniently, and give the sentence."""
    told = []
    for strict in (True, False):
        with pytest.raises(UnreadableFileError) as refused:
            read_roster(path, strict=strict)
        told.append(str(refused.value))
    assert told[0] == told[1]
    return told[0]


def write_entry(path: Path, name: str, attributes: int = 0) -> Path:
    """Write a good archive with one entry more."""
    write_zip(path, make_bundle("1.1"))
    entry = zipfile.ZipInfo(name)
    entry.external_attr = attributes << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "x")
    return path


def patch_flags(path: Path) -> None:
    """Say of every entry that it is protected by a password."""
    raw = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + place] |= 1
            start = raw.find(mark, start + 4)
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "name",
    ["../users2.csv", "/etc/passwd", "a/../../b.csv", "..\\b.csv", "C:\\b.csv"],
)
def test_a_path_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    path = write_entry(tmp_path / "roster.zip", name)

    assert "leads outside the archive" in refuse(path)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = write_entry(tmp_path / "roster.zip", "demographics.csv", 0o120777)

    assert "holds a link" in refuse(path)


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "roster", make_bundle("1.1"))
    (folder / "demographics.csv").symlink_to(tmp_path / "elsewhere.csv")

    assert "holds a link" in refuse(folder)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "roster.zip", make_bundle("1.1"))
    patch_flags(path)

    assert "protected by a password" in refuse(path)


def test_an_archive_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("orgs.csv", make_bundle("1.1")["orgs.csv"])

    assert "unusual way" in refuse(path)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "LARGEST_BUNDLE", 1_000_000)
    path = write_zip(tmp_path / "roster.zip", {"results.csv": "0" * 1_000_001})

    assert path.stat().st_size < 10_000
    assert "unpacks to more than 1 million bytes" in refuse(path)


def test_a_bomb_that_lies_about_its_size_is_never_unpacked(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "roster.zip", {"orgs.csv": "0" * 50_000_000})
    raw = path.read_bytes().replace(struct.pack("<L", 50_000_000), struct.pack("<L", 9))
    path.write_bytes(raw)
    (member,) = members.list_members(path)

    assert member.size == 9
    with pytest.raises(UnreadableFileError, match="cannot be read as one"):
        member.read()


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    many = {f"{number}.csv": "x" for number in range(201)}

    assert "more than 200 files" in refuse(write_zip(tmp_path / "roster.zip", many))
    assert "more than 200 files" in refuse(write_folder(tmp_path / "roster", many))


def test_too_many_rows_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "MOST_ROWS", 10)

    assert "more than 10 rows" in refuse(
        write_folder(tmp_path / "roster", make_bundle("1.1"))
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "named like a zip archive and is none"),
        (b"sourcedId,name\n", "named like a zip archive and is none"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"PK\x05\x06" + bytes(18), "holds no OneRoster files"),
    ],
)
def test_what_is_no_archive_is_refused(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "roster.zip"
    path.write_bytes(content)

    assert sentence in refuse(path)


def test_an_archive_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "roster.zip", make_bundle("1.1"))
    path.write_bytes(path.read_bytes()[:-200])

    assert "damaged" in refuse(path)


def test_an_archive_with_damaged_bytes_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "roster.zip", make_bundle("1.1"))
    raw = bytearray(path.read_bytes())
    raw[60:90] = bytes(30)
    path.write_bytes(raw)

    assert "damaged" in refuse(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(b"")

    assert refuse(path) == "The file is empty. Export it again."


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "holds no OneRoster files" in refuse(write_folder(tmp_path / "roster", {}))


@pytest.mark.parametrize("mode", ["file", "folder"])
def test_two_rosters_in_one_are_refused(mode: str, tmp_path: Path) -> None:
    twice = {
        f"{part}/{name}": text
        for part in ("north", "south")
        for name, text in make_bundle("1.1").items()
    }
    path = tmp_path / "roster.zip"
    write_zip(path, twice)
    if mode == "folder":
        path = tmp_path / "roster"
        for part in ("north", "south"):
            write_folder(path / part, make_bundle("1.1"))

    assert "more than one roster" in refuse(path)


def test_one_file_twice_is_refused(tmp_path: Path) -> None:
    bundle = {**make_bundle("1.1"), "ORGS.csv": "x"}

    assert "holds orgs.csv twice" in refuse(write_zip(tmp_path / "roster.zip", bundle))


@pytest.mark.parametrize("how", ["manifest", "headers"])
def test_version_1_0_is_refused(how: str, tmp_path: Path) -> None:
    bundle = make_bundle("1.1")
    if how == "manifest":
        bundle["manifest.csv"] = bundle["manifest.csv"].replace(",1.1", ",1.0")
    else:
        del bundle["manifest.csv"]
        bundle["users.csv"] = bundle["users.csv"].replace("enabledUser", "userId")

    assert refuse(write_folder(tmp_path / "roster", bundle)).startswith(
        "This is OneRoster 1.0."
    )


def test_what_an_operating_system_adds_is_passed_over(tmp_path: Path) -> None:
    litter = {"__MACOSX/._users.csv": "x", ".DS_Store": "x"}
    path = write_zip(tmp_path / "roster.zip", {**make_bundle("1.1"), **litter})

    assert read_roster(path, strict=True).breaches == ()


def test_nothing_is_written_anywhere(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "roster.zip", make_bundle("1.2"))

    read_roster(path)

    assert list(tmp_path.iterdir()) == [path]
