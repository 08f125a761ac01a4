"""A site that is killed at random moments while people give files and enter incidents.

    .venv/bin/python bench/killed_site.py --kills 50
    DATABASE_URL=postgres://... .venv/bin/python bench/killed_site.py --kills 50

Each round starts the site, lets one person take files in and another enter incidents,
kills every process of it with SIGKILL at a random moment, and looks at the database
from outside: what was confirmed must be there once, an import must be there whole or not
at all, and the log must hold together. It ends with status 1 if anything is not so.
"""

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from briefs.small_school import make_rows, write_rows  # noqa: E402  # found by the line above
from running_site import Browser, Site  # noqa: E402  # as above

INCIDENTS, LONGEST = 1_500, 6.0
CHECK = """
import django; django.setup()
import json
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.records.models import Entry, Import, Incident, Version
found = {
  "entries": [str(e.pk) for e in Entry.objects.all()],
  "entries without a version": Entry.objects.filter(versions=None).count(),
  "imports": [[str(i.pk), i.state, i.plan["new"] + i.plan["changed"], (i.versions if i.state == "taken_in" else i.versions.exclude(current_of=None)).count()]
              for i in Import.objects.defer("draft")],
  "two of one": Incident.objects.count() - Incident.objects.values("school", "key").distinct().count(),
  "log": verify_log().problem,
}
print(json.dumps(found))
"""


def enter_all(browser: Browser, confirmed: list[str]) -> None:
    """Enter one incident after another, noting those that were confirmed."""
    path = f"{browser.school}enter/"
    token = browser.find_token(path)
    while True:
        key = str(uuid.uuid4())
        fields = {
            "csrfmiddlewaretoken": token,
            "key": key,
            "location": "Bus",
            "behaviour": "Other",
            "ago": "0",
        }
        body = urllib.parse.urlencode(fields).encode()
        form = "application/x-www-form-urlencoded"
        if json.loads(browser.send(path, body, form, "application/json"))["kept"]:
            confirmed.append(key)


def give_all(browser: Browser, files: list[Path], confirmed: list[str]) -> None:
    """Give one file after another, noting those that were said to be taken in."""
    for number in range(10_000):
        page = browser.give(files[number % len(files)])
        key, told = browser.take_in(page)
        if "The file was taken in" in told:
            confirmed.append(key)


def until_killed(work: Callable[..., None], *given: Any) -> threading.Thread:
    """Work in a thread until the site is gone."""

    def run() -> None:
        try:
            work(*given)
        except (OSError, urllib.error.URLError, ValueError):
            return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def make_files(folder: Path, chance: random.Random, number: int) -> list[Path]:
    """Make files that correct one another, so that every one has something to write."""
    rows = make_rows(INCIDENTS, students=300, seed=number)
    files = []
    for turn in range(3):
        for row in chance.sample(rows, INCIDENTS // 2):
            row["Location"] = chance.choice(["Library", "Gym", "Office", "Hallway"])
        files.append(write_rows(folder / f"{turn}.csv", rows))
    return files


def look(site: Site, entered: list[str], taken: list[str]) -> Counter[str]:
    """Look at the database from outside, and count what is not as it should be."""
    done = json.loads(site.do(CHECK))
    wrong = Counter[str]()
    kept = Counter(done["entries"])
    wrong["confirmed entries lost"] = sum(kept[key] == 0 for key in entered)
    wrong["entries twice"] = sum(number > 1 for number in kept.values())
    wrong["entries without a version"] = done["entries without a version"]
    states = {key: (state, plan, rows) for key, state, plan, rows in done["imports"]}
    wrong["confirmed imports lost"] = sum(
        states.get(key, ("",))[0] != "taken_in" for key in taken
    )
    wrong["half imports"] = sum(
        rows != (plan if state == "taken_in" else 0)
        for state, plan, rows in states.values()
    )
    wrong["incidents twice"] = done["two of one"]
    wrong["broken logs"] = int(bool(done["log"]))
    if "DATABASE_URL" not in site.environment:
        with sqlite3.connect(site.folder / "commonroot.sqlite3") as database:
            whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        wrong["damaged databases"] = int(whole != "ok")
    return wrong


def main() -> int:
    """Kill, look, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    entered: list[str] = []
    taken: list[str] = []
    wrong = Counter[str]()
    with tempfile.TemporaryDirectory(prefix="commonroot-killed-") as name:
        folder = Path(name)
        site = Site(folder / "site", database=os.environ.get("DATABASE_URL"))
        for number in range(given.kills):
            site.start()
            files = make_files(folder, chance, number)
            until_killed(enter_all, Browser(site, "Grace"), entered)
            until_killed(give_all, Browser(site, "Ana"), files, taken)
            moment = chance.uniform(0.05, LONGEST)
            time.sleep(moment)
            site.kill()
            found = look(site, entered, taken)
            wrong += found
            print(
                f"kill {number + 1:3} after {moment:4.1f} s: {len(entered):,} entries and "
                f"{len(taken):,} imports confirmed; wrong: {dict(+found) or 'nothing'}",
                flush=True,
            )
    print(
        f"{given.kills} kills, {len(entered):,} entries and {len(taken):,} imports "
        f"confirmed; wrong in all: {dict(+wrong) or 'nothing'}"
    )
    return int(bool(+wrong))


if __name__ == "__main__":
    raise SystemExit(main())
