"""How long intake takes, against the time polars needs to read the same file.

    ./run bench            every benchmark
    .venv/bin/python bench/intake.py --rows 1000000

Both are measured in turn in one run and the ratio of the best times is printed, with
the largest memory that the process held while intake ran.
"""

import argparse
import csv
import datetime as dt
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PLACES = ["Classroom", "Playground", "Cafeteria", "Hallway", "Bus", "Bathroom", "Gym"]
BEHAVIOURS = ["Disruption", "Defiance", "Physical Aggression", "Disrespect", "Theft"]
RESPONSES = [
    "Parent Contact",
    "In-School Suspension",
    "Detention",
    "Conference with Student",
]
HEADER = "Incident ID,School,Incident Date,Incident Time,Location,Behavior,Role,Student ID,Grade,Race/Ethnicity,Action Taken,Days Removed"
TARGET_RATIO, TARGET_GIB = 3.0, 2.0


def write_file(path: Path, rows: int, students: int) -> None:
    """Write a made-up export: 1.2 rows an incident, two school years, 40 schools."""
    chance = random.Random(1)
    first = dt.date(2023, 9, 5)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for row in range(rows):
            incident = row * 5 // 6
            day = first + dt.timedelta(days=incident * 6007 % 280)
            writer.writerow(
                [
                    incident,
                    f"School {incident % 40}",
                    f"{day:%m/%d/%Y}",
                    f"{8 + incident % 7}:{incident * 7 % 60:02d}",
                    PLACES[incident * 31 % len(PLACES)],
                    chance.choice(BEHAVIOURS),
                    "Offender",
                    100_000 + chance.randrange(students),
                    1 + incident % 12,
                    chance.choice(["White", "Hispanic", "Multiracial"]),
                    chance.choice(RESPONSES),
                    chance.randrange(4),
                ]
            )


READ = "import polars; polars.read_csv({path!r})"
INTAKE = (
    "from pathlib import Path; from commonroot.intake import read_incidents; "
    "found = read_incidents(Path({path!r}), secret=b'x' * 32); "
    "assert found.report['rows_read'] == {rows}"
)
TIMED = """
import resource, sys, time
import polars, commonroot.intake
start = time.perf_counter()
exec({code!r})
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(time.perf_counter() - start, peak)
"""


def measure(code: str) -> tuple[float, float]:
    """Run in a process of its own; give seconds (imports apart) and GiB at the peak."""
    done = subprocess.run(
        [sys.executable, "-c", TIMED.format(code=code)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, kibibytes = done.stdout.split()
    return float(seconds), int(kibibytes) / 2**20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--students", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidents.csv"
        write_file(path, given.rows, given.students)
        read, intake = [], []
        for _ in range(given.rounds):
            read.append(measure(READ.format(path=str(path))))
            intake.append(measure(INTAKE.format(path=str(path), rows=given.rows)))
    fastest_read = min(seconds for seconds, _ in read)
    fastest = min(seconds for seconds, _ in intake)
    peak = max(gib for _, gib in intake)
    print(
        f"intake of {given.rows:,} rows, {given.students:,} students, best of {given.rounds}"
    )
    print(f"  polars.read_csv   1.00   ({fastest_read:.2f} s)")
    print(
        f"  intake            {fastest / fastest_read:.2f}   ({fastest:.2f} s)   wanted: at most {TARGET_RATIO}"
    )
    print(f"  peak memory       {peak:.2f} GiB   wanted: under {TARGET_GIB}")


if __name__ == "__main__":
    main()
