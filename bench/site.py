"""How quickly the site answers: pages, the sheet, entries; one person and twenty at once.

    .venv/bin/python bench/site.py
    .venv/bin/python tools/on_postgresql.py .venv/bin/python bench/site.py

A real server with the made-up region, three years of records in every school that has a
file, and people who are signed in, on the machine that also asks. Each page is asked for
again and again for some seconds. The sheet is asked for once before, as the first person
of a day does: that first time is printed by itself.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from commonroot.sample import make_region  # noqa: E402  # as above
from running_site import FORM, Browser, Site  # noqa: E402  # found by the line above

# Every school with a file gets a team, so that all of the region's records are there.
FILL = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0)
from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import give_role
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.made_region import make_region
from commonroot.domain.network.models import Person, Place
from commonroot.domain.records.made_records import take_in_region
from commonroot.domain.records.models import Incident
make_region()
ana = Person.objects.get(name="Ana Ruiz")
for school in Place.objects.filter(kind="school").exclude(roles__kind="team_member"):
    person = Person.objects.create_user(f"{{school.outside_key}}@demo.example", name=school.name)
    give_role(by=SYSTEM, person=person, kind=RoleKind.TEAM_MEMBER, place=school)
print(take_in_region(Path({region!r})), Incident.objects.count())
"""


def list_pages(browser: Browser) -> dict[str, Callable[[Browser], object]]:
    """List what is measured, by name."""
    school = browser.school
    form = {"location": "Bus", "behaviour": "Other", "ago": "0", "band": "3-5"}

    def enter(one: Browser) -> str:
        fields = {
            **form,
            "key": str(uuid.uuid4()),
            "csrfmiddlewaretoken": one.token,
        }
        body = urllib.parse.urlencode(fields).encode()
        return str(one.send(f"{school}enter/", body, FORM, "application/json"))

    return {
        "first page (plain)": lambda one: one.read("/"),
        "list of places": lambda one: one.read("/places/"),
        "list of people": lambda one: one.read("/people/"),
        "list of files": lambda one: one.read(f"{school}files/"),
        "page of entry": lambda one: one.read(f"{school}enter/"),
        "an entry is kept": enter,
        "sheet": lambda one: one.read(f"{school}sheet/"),
    }


def ask(
    work: Callable[[Browser], object], browsers: list[Browser], seconds: float
) -> list[float]:
    """Ask again and again, everybody at once; gives the time of every answer."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    def go_on(browser: Browser) -> None:
        while (begin := time.perf_counter()) < end:
            work(browser)
            times.append(time.perf_counter() - begin)

    threads = [threading.Thread(target=go_on, args=[each]) for each in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def measure(site: Site, people: list[int], seconds: float) -> None:
    """Measure every page with each number of people, and print a table."""
    browsers = [Browser(site, "Ana") for _ in range(max(people))]
    for browser in browsers:
        browser.token = browser.find_token(f"{browser.school}enter/")
    pages = list_pages(browsers[0])
    begin = time.perf_counter()
    pages["sheet"](browsers[0])
    print(f"sheet, the first time: {1000 * (time.perf_counter() - begin):.0f} ms")
    plain: dict[int, float] = {}
    for number in people:
        print(f"\n{number} at once        p50 ms   p95 ms   answers/s   x plain")
        for name, work in pages.items():
            times = sorted(ask(work, browsers[:number], seconds))
            middle = statistics.median(times)
            plain.setdefault(number, middle)
            print(
                f"{name:20} {1000 * middle:8.1f} {1000 * times[int(0.95 * len(times))]:8.1f} "
                f"{len(times) / seconds:11.1f} {middle / plain[number]:9.2f}",
                flush=True,
            )


def main() -> None:
    """Make the region, start the site, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", default="1,20")
    parser.add_argument("--seconds", type=float, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="commonroot-site-") as name:
        region = Path(name) / "region"
        make_region(region)
        site = Site(Path(name) / "site", database=os.environ.get("DATABASE_URL"))
        schools, incidents = site.do(FILL.format(region=str(region))).split()
        database = "PostgreSQL" if "DATABASE_URL" in site.environment else "SQLite"
        print(f"{database}: {schools} schools, {int(incidents):,} incidents")
        site.start()
        try:
            measure(
                site, [int(each) for each in given.people.split(",")], given.seconds
            )
        finally:
            site.kill()


if __name__ == "__main__":
    main()
