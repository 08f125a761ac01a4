"""Every test has a state folder of its own, and a way to read a small table."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from commonroot.intake import Intake, read_incidents

SECRET = b"s" * 32
TODAY = dt.date(2026, 5, 1)
Read = Callable[..., Intake]


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setenv("COMMONROOT_STATE", str(folder))
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read bytes, or lines of text, as a file of incidents."""

    def read_it(
        content: bytes | Sequence[str], *, mapping: str | None = None, **options: Any
    ) -> Intake:
        raw = content if isinstance(content, bytes) else "\n".join(content).encode()
        path = tmp_path / "incidents.csv"
        path.write_bytes(raw)
        mapping_path = None
        if mapping is not None:
            mapping_path = tmp_path / "my.toml"
            mapping_path.write_text(mapping, encoding="utf-8")
        return read_incidents(
            path,
            mapping_path=mapping_path,
            secret=SECRET,
            today=options.pop("today", TODAY),
            **options,
        )

    return read_it
