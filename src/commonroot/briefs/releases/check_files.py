"""Checking a release that somebody else made, without a solver."""

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from commonroot.analysis.disclosure.certificate import Checked, check
from commonroot.analysis.disclosure.design import DesignError, Key
from commonroot.briefs.releases.make_files import (
    CERTIFICATE,
    CSV,
    PAGE,
    PAGE_DIGEST,
    digest_page,
)


def check_folder(folder: Path) -> Checked:
    """Check the release in a folder against its certificate."""
    try:
        certificate = json.loads((folder / CERTIFICATE).read_text(encoding="utf-8"))
        with (folder / CSV).open(encoding="utf-8-sig", newline="") as file:
            rows = read_released(csv.DictReader(file))
    except FileNotFoundError as error:
        raise DesignError(
            f"{folder} is not the folder of a release: {Path(error.filename).name} is not there."
        ) from None
    except OSError as error:
        raise DesignError(
            f"{error.filename} could not be read: {error.strerror}."
        ) from None
    except json.JSONDecodeError as error:
        raise DesignError(f"{folder / CERTIFICATE} is damaged: {error}.") from None
    except (ValueError, csv.Error) as error:
        raise DesignError(f"{folder / CSV} cannot be checked: {error}.") from None
    try:
        found = check(rows, certificate)
        return replace(
            found, problems=(*found.problems, *check_page(folder, certificate))
        )
    except DesignError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise DesignError(f"The certificate in {folder} is damaged: {error}.") from None


def check_page(folder: Path, certificate: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with the page that goes with a release."""
    try:
        html = (folder / PAGE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return [f"{PAGE} is not there, or cannot be read"]
    if certificate.get(PAGE_DIGEST) != digest_page(html):
        return [f"{PAGE} was changed after it was made"]
    return []


def read_released(rows: "csv.DictReader[str]") -> dict[Key, int | None]:
    """Read the published cells; pooled ones take no part in any sum."""
    found: dict[Key, int | None] = {}
    if not {"incidents", "status"} <= set(rows.fieldnames or ()):
        raise ValueError("it has no columns incidents and status, with commas between")
    for row in rows:
        where = f"line {rows.line_num}: "
        status, number = row.pop("status", None), row.pop("incidents", None)
        if status not in ("shown", "hidden", "pooled"):
            raise ValueError(f"{where}status is {status!r}")
        if number and not number.isdecimal():
            raise ValueError(f"{where}incidents is {number!r}")
        if (status == "shown") != bool(number):
            raise ValueError(f"{where}a shown cell has a number, and no other has one")
        if tuple(row.values()) in found:
            raise ValueError(f"{', '.join(row.values())} is there twice")
        if status != "pooled":
            found[tuple(row.values())] = int(number) if number else None
    return found
