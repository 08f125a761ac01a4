"""No password, student or family name leaves the reader, whatever the files hold."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonroot.intake import UnreadableFileError
from commonroot.intake.roster import read_roster
from intake.roster.bundles import (
    PARENT,
    PASSWORD,
    STUDENT,
    make_bundle,
    make_delta,
    write_folder,
    write_zip,
)

CANARIES = (PASSWORD, STUDENT, PARENT)
BUNDLES = [make_bundle("1.1"), make_bundle("1.2"), make_delta("1.1"), make_delta("1.2")]
PIECES = st.sampled_from(
    [",", '"', "\n", "\r", "\x00", "", "a", "ext:", "2025-02-30", "\ufeff", "student", "é", ",,"]
)  # fmt: skip
SAFE = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def tell(path: Path, *, strict: bool) -> str:
    """Give everything that a reading tells: the roster, or the refusal."""
    try:
        return repr(read_roster(path, strict=strict))
    except UnreadableFileError as error:
        return f"{error!r} {error}"


def find_canaries(told: str) -> list[str]:
    """Find what should not have been told."""
    return [canary for canary in CANARIES if canary in told]


@pytest.mark.parametrize("bundle", BUNDLES)
@pytest.mark.parametrize("strict", [True, False])
def test_a_whole_bundle_tells_nothing_it_should_not(
    bundle: dict[str, str], strict: bool, tmp_path: Path
) -> None:
    path = write_folder(tmp_path / "roster", bundle)

    assert find_canaries(tell(path, strict=strict)) == []


@pytest.mark.parametrize("file", ["users.csv", "orgs.csv", "manifest.csv"])
def test_a_file_without_its_header_tells_nothing_it_should_not(
    file: str, tmp_path: Path
) -> None:
    bundle = make_bundle("1.1")
    bundle[file] = bundle["users.csv"].split("\n", 3)[3]

    path = write_folder(tmp_path / "roster", bundle)

    assert find_canaries(tell(path, strict=False)) == []


@pytest.mark.parametrize("column", range(18))
def test_a_password_in_the_wrong_column_is_told_by_no_message(
    column: int, tmp_path: Path
) -> None:
    """Where it stands as a name or an address of the staff it is one, for all we know."""
    bundle = make_bundle("1.1")
    header, first, *rows = bundle["users.csv"].splitlines()
    cells = first.replace('"d1,s1"', "s1").replace(PASSWORD, "").split(",")
    cells[column] = PASSWORD
    bundle["users.csv"] = "\n".join([header, ",".join(cells), *rows[:1], ""])

    roster = read_roster(write_folder(tmp_path / "roster", bundle))

    assert find_canaries(repr((roster.breaches, roster.dropped))) == []


@st.composite
def edits(draw: st.DrawFn) -> dict[str, str]:
    """A bundle with a few pieces of text put in, taken out or written over.

    Cells of staff are left in their columns, so that a canary which is told is told
    by a fault of the reader.
    """
    bundle = dict(draw(st.sampled_from(BUNDLES)))
    for _ in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(sorted(bundle)))
        text = bundle[file]
        place = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        bundle[file] = text[:place] + draw(PIECES) + text[place + length :]
    if draw(st.booleans()):
        del bundle[draw(st.sampled_from(sorted(bundle)))]
    return bundle


@pytest.mark.slow
@SAFE
@given(bundle=edits(), strict=st.booleans())
def test_edited_bundles_are_read_or_refused_with_a_sentence(
    bundle: dict[str, str], strict: bool, tmp_path: Path
) -> None:
    for old in tmp_path.glob("*/*.csv"):
        old.unlink()
    path = write_folder(tmp_path / "roster", bundle)

    told = tell(path, strict=strict)

    assert find_canaries(told) == []


@pytest.mark.slow
@SAFE
@given(place=st.integers(0, 3000), raw=st.binary(max_size=12), strict=st.booleans())
def test_damaged_archives_are_read_or_refused_with_a_sentence(
    place: int, raw: bytes, strict: bool, tmp_path: Path
) -> None:
    path = write_zip(tmp_path / "roster.zip", make_bundle("1.2"))
    whole = path.read_bytes()
    place %= len(whole)
    path.write_bytes(whole[:place] + raw + whole[place + len(raw) :])

    assert find_canaries(tell(path, strict=strict)) == []
