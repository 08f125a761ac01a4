"""Checking a release that somebody else made, without a solver."""

import csv
import json
from pathlib import Path

from commonroot.analysis.disclosure.certificate import Checked, check
from commonroot.analysis.disclosure.design import DesignError, Key
from commonroot.briefs.releases.make_files import CERTIFICATE, CSV


def check_folder(folder: Path) -> Checked:
    """Check the release in a folder against its certificate."""
    try:
        certificate = json.loads((folder / CERTIFICATE).read_text(encoding="utf-8"))
        with (folder / CSV).open(encoding="utf-8-sig", newline="") as file:
            rows = read_released(csv.DictReader(file))
    except OSError as error:
        raise DesignError(f"{error.filename}: {error.strerror}.") from None
    except (ValueError, csv.Error) as error:
        raise DesignError(f"{folder} does not hold a release: {error}.") from None
    try:
        return check(rows, certificate)
    except DesignError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise DesignError(f"The certificate in {folder} is damaged: {error}.") from None


def read_released(rows: "csv.DictReader[str]") -> dict[Key, int | None]:
    """Read the published cells; pooled ones take no part in any sum."""
    found: dict[Key, int | None] = {}
    for row in rows:
        status, number = row.pop("status", None), row.pop("incidents", None)
        if status not in ("shown", "hidden", "pooled"):
            raise ValueError(f"status {status!r} is not known")
        if (status == "shown") != bool(number):
            raise ValueError("a shown cell has a number, and no other has one")
        if tuple(row.values()) in found:
            raise ValueError(f"{', '.join(row.values())} is there twice")
        if status != "pooled":
            found[tuple(row.values())] = int(number) if number else None
    return found
