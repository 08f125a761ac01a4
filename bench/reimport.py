"""How long a file takes that brings nothing new, beside reading it.

    .venv/bin/python bench/reimport.py --rows 100000

The same file is read by the intake alone, and given and taken in once more by a site that
has all of it already; best of some turns, side by side in one run.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="commonroot-reimport-")
os.environ.setdefault("COMMONROOT_DATA", FOLDER.name)
os.environ["COMMONROOT_STATE"] = FOLDER.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonroot.config.settings")

import django  # noqa: E402  # the folder must be named before

django.setup()

from django.core.management import call_command  # noqa: E402  # as above

from commonroot.domain.network.made_region import make_region  # noqa: E402
from commonroot.domain.network.models import Person  # noqa: E402
from commonroot.domain.records.actions import give_file, take_in  # noqa: E402
from commonroot.domain.records.models import Version  # noqa: E402
from commonroot.intake import read_incidents  # noqa: E402

PLACES = ("Classroom", "Playground", "Bus", "Cafeteria", "Hallway", "Gym", "Library")
BEHAVIOURS = ("Defiance", "Disruption", "Fighting", "Theft", "Running", "Bullying")
RESPONSES = ("Parent Contact", "In-School Suspension", "Reteach", "Detention")


def write_file(path: Path, rows: int) -> Path:
    """Write a file of one school with a row an incident."""
    chance = random.Random(1)
    lines = ["Incident ID,School,Incident Date,Incident Time,Location,Behavior,Severity,Student ID,Grade,Race/Ethnicity,Action Taken"]  # fmt: skip
    for number in range(rows):
        day = f"{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}/2025"
        lines.append(
            f"{number + 1},Juniper Flat Elementary,{day},{chance.randrange(8, 15)}:{chance.randrange(10, 60)},"
            f"{chance.choice(PLACES)},{chance.choice(BEHAVIOURS)},Minor,{chance.randrange(1000, 9000)},"
            f"{chance.randrange(1, 6)},White,{chance.choice(RESPONSES)}"
        )
    path.write_text("\n".join(lines) + "\n")
    return path


def time_best(turns: int, work: Callable[[], object]) -> float:
    """Give the best time of some turns."""
    best = float("inf")
    for _ in range(turns):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    """Measure, and print both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    make_region()
    ana = Person.objects.get(name="Ana Ruiz")
    school = ana.roles.get().place
    path = write_file(Path(FOLDER.name) / "incidents.csv", given.rows)

    def import_again() -> None:
        take_in(by=ana, given=give_file(by=ana, school=school, path=path, name="f"))

    first = time_best(1, import_again)
    before = Version.objects.count()
    reading = time_best(given.turns, lambda: read_incidents(path))
    again = time_best(given.turns, import_again)
    if Version.objects.count() != before:
        raise SystemExit("The same file wrote something new.")
    print(f"{given.rows:,} rows, {before:,} incidents, best of {given.turns}")
    print(f"  the first time           {first:7.2f} s")
    print(f"  reading alone            {reading:7.2f} s")
    print(
        f"  once more, unchanged     {again:7.2f} s = {again / reading:.2f} x reading"
    )


if __name__ == "__main__":
    main()
