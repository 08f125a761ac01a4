"""The secret is made once, and what is wrong with it is said, not mended by guess."""

import hmac
import os
import stat
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from commonroot.cli import main
from commonroot.intake import SecretError
from commonroot.intake.secret import NOTE, SECRET, key_students, make_keys, read_secret

from .conftest import SECRET as GIVEN
from .shapes import PLAIN

AS_ROOT = os.name == "posix" and os.geteuid() == 0


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "state"

    first, second = read_secret(folder), read_secret(folder)

    assert first == second
    assert len(first) == 32
    assert stat.S_IMODE((folder / SECRET).stat().st_mode) == 0o600


def test_two_machines_have_two_secrets(tmp_path: Path) -> None:
    assert read_secret(tmp_path / "one") != read_secret(tmp_path / "two")


def test_a_secret_that_went_missing_is_not_made_anew(tmp_path: Path) -> None:
    read_secret(tmp_path)
    (tmp_path / SECRET).unlink()

    with pytest.raises(
        SecretError, match="(?s)is missing: .*Put it back from your backup"
    ):
        read_secret(tmp_path)

    assert not (tmp_path / SECRET).exists()


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 32, b"x" * 33])
def test_a_secret_that_changed_is_refused(damaged: bytes, tmp_path: Path) -> None:
    read_secret(tmp_path)
    (tmp_path / SECRET).write_bytes(damaged)

    with pytest.raises(SecretError, match="has changed or is damaged"):
        read_secret(tmp_path)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    read_secret(tmp_path)
    (tmp_path / SECRET).chmod(0o644)

    with pytest.raises(SecretError, match="chmod 600"):
        read_secret(tmp_path)


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_a_secret_that_cannot_be_read_is_an_error_with_its_mend(tmp_path: Path) -> None:
    read_secret(tmp_path)
    tmp_path.chmod(0o000)

    with pytest.raises(SecretError, match="cannot be read"):
        read_secret(tmp_path)

    tmp_path.chmod(0o700)


def test_a_state_folder_that_is_a_file_is_an_error_with_its_mend(
    tmp_path: Path,
) -> None:
    (tmp_path / "state").write_text("in the way")

    with pytest.raises(SecretError, match="cannot be read"):
        read_secret(tmp_path / "state")


def test_a_secret_that_is_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / SECRET).mkdir(mode=0o600)

    with pytest.raises(SecretError, match="cannot be read"):
        read_secret(tmp_path)


def test_a_note_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    read_secret(tmp_path)
    (tmp_path / NOTE).write_bytes(b"\xff\xfe\xfa")

    with pytest.raises(SecretError):
        read_secret(tmp_path)


def test_a_lost_note_is_written_again(tmp_path: Path) -> None:
    secret = read_secret(tmp_path)
    (tmp_path / NOTE).unlink()

    assert read_secret(tmp_path) == secret
    assert (tmp_path / NOTE).exists()


def test_the_note_does_not_give_the_secret_away(tmp_path: Path) -> None:
    secret = read_secret(tmp_path)

    note = (tmp_path / NOTE).read_text()

    assert secret.hex() not in note
    assert len(note) == 16


def test_the_command_says_how_to_mend_a_lost_secret(
    tmp_path: Path, state_folder: Path
) -> None:
    read_secret(state_folder)
    (state_folder / SECRET).unlink()
    path = tmp_path / "incidents.csv"
    path.write_bytes(PLAIN.content())

    result = CliRunner().invoke(
        main, ["brief", str(path), "--out", str(tmp_path / "o")]
    )

    assert result.exit_code == 2
    assert "Put it back from your backup" in result.output
    assert not (tmp_path / "o").exists()


@given(st.text(min_size=1), st.binary(min_size=32, max_size=32))
def test_a_key_is_the_hmac_that_python_makes(number: str, secret: bytes) -> None:
    made = make_keys(pl.Series([number]), secret)

    digest = hmac.digest(secret.hex().encode(), number.encode(), "sha256")
    assert made.to_list() == [int.from_bytes(digest[:8], "big")]


def test_the_same_number_has_the_same_key_whatever_its_spaces() -> None:
    keys = key_students(pl.Series(["7", " 7", "7 ", "8", None, "NULL", ""]), GIVEN)

    assert keys.null_count() == 3
    assert keys.drop_nulls().n_unique() == 2
    assert keys[0] == keys[2]


def test_another_secret_gives_another_key() -> None:
    numbers = pl.Series(["7"])

    assert key_students(numbers, GIVEN)[0] != key_students(numbers, b"t" * 32)[0]


def test_a_column_without_students_stays_empty() -> None:
    keys = key_students(pl.Series([None, "NULL", "-"]), GIVEN)

    assert keys.to_list() == [None, None, None]
