"""From counts to the files of a release."""

import csv
import datetime as dt
import hashlib
import io
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from commonroot.analysis.disclosure.design import Design, DesignError
from commonroot.analysis.disclosure.hiding import Progress
from commonroot.analysis.disclosure.ledger import Entry
from commonroot.analysis.disclosure.releasing import Release, release
from commonroot.analysis.disclosure.rules import Counts
from commonroot.analysis.disclosure.seal import require_released
from commonroot.briefs.releases.ledger_folder import (
    add_entry,
    count_entries,
    read_ledger,
)
from commonroot.briefs.releases.make_page import NO_WORDS, Page, render_release
from commonroot.briefs.releases.read_files import read_counts, read_design, read_page

CSV, CERTIFICATE, PAGE = "released.csv", "certificate.json", "released.html"
PAGE_DIGEST = "page"
DIFFERENT = 1 / 3
FEW_NUMBERS = 10


@dataclass(frozen=True)
class ReleaseRequest:
    """What to release, how, and where to."""

    counts: Path
    design: Path
    out: Path
    ledger: Path | None = None
    seconds: float = 300.0
    seed: int = 0
    on: dt.date | None = None


def make_release(
    request: ReleaseRequest,
    *,
    tell: Callable[[Progress], None] = lambda progress: None,
    notice: Callable[[str], None] = lambda sentence: None,
) -> Release:
    """Release counts and write every file; the ledger is written before the rest."""
    for folder in (request.out, request.ledger):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise DesignError(
                f"{folder} is a file; a folder is needed. Nothing was released."
            )
    if not math.isfinite(request.seconds):
        raise DesignError("The time limit must be a number of seconds.")
    if request.ledger and is_inside(request.ledger, request.out):
        raise DesignError(
            f"The ledger {request.ledger} lies where the release goes. It holds true "
            "numbers and must not go out. Nothing was released: name another folder."
        )
    on = request.on or dt.date.today()
    design, page = read_design(request.design), read_page(request.design)
    counts = read_counts(request.counts, design)
    newest = count_entries(request.ledger) if request.ledger else 0
    ledger = read_ledger(request.ledger, on) if request.ledger else []
    if change := describe_change(counts, ledger):
        notice(change)
    found = release(
        counts,
        design,
        ledger,
        released_on=on.isoformat(),
        seconds=request.seconds,
        seed=request.seed,
        tell=tell,
    )
    request.out.mkdir(parents=True, exist_ok=True)
    if request.ledger:
        add_entry(request.ledger, found.entry, newest)
    for name, text in write_files(found, design, page).items():
        draft = request.out / f".{name}.draft"
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(request.out / name)
    return found


def is_inside(folder: Path, other: Path) -> bool:
    """Is a folder another one, or does it lie in it?"""
    return folder.resolve().is_relative_to(other.resolve())


def describe_change(counts: Counts, ledger: Sequence[Entry]) -> str:
    """Say when so much differs from the last release that it is hardly a correction."""
    if not ledger:
        return ""
    last = ledger[-1]
    if counts.columns != last.leaf_columns:
        return (
            "The columns are not those of the last release "
            f"({', '.join(last.leaf_columns)}). Only cells with the same labels are taken "
            "for the same."
        )
    before = dict(zip(last.leaves, last.leaf_incidents, strict=True))
    both = [key for key in counts.leaves if key in before]
    other = sum(counts.leaves[key].incidents != before[key] for key in both)
    if len(both) < FEW_NUMBERS or other < DIFFERENT * len(both):
        return ""
    return (
        f"{other} of {len(both)} numbers differ from the last release. If they are of "
        "another period, add a column for it instead."
    )


def write_files(
    found: Release, design: Design, page: Page = NO_WORDS
) -> dict[str, str]:
    """Write the table, the certificate and the page; refuses what is not released."""
    require_released(found, Release)
    html = render_release(found, design, page)
    certificate = {**found.certificate, PAGE_DIGEST: digest_page(html)}
    return {
        CSV: write_csv(found),
        CERTIFICATE: json.dumps(certificate, separators=(",", ":")) + "\n",
        PAGE: html,
    }


def digest_page(html: str) -> str:
    """Give the SHA-256 of the page."""
    return hashlib.sha256(html.encode()).hexdigest()


def write_csv(found: Release) -> str:
    """Write every published cell: labels, incidents (empty when hidden), status."""
    require_released(found, Release)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*found.columns, "incidents", "status"])
    for key, cell in found.cells.items():
        number = "" if cell.incidents is None else cell.incidents
        writer.writerow([*key, number, cell.status])
    return text.getvalue()
