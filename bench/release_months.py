"""Thirty-six monthly releases with corrections, attacked together.

    .venv/bin/python bench/release_months.py [--months 36]

Every month what there was so far is released again, beside the ledger of the last 24,
and one or two numbers of earlier months are corrected. Then somebody who has kept every
release asks, by scipy's linear programmes over all of them together, how small and how
large each small hidden number can be. The same months without a ledger stand beside.
"""

import argparse
import importlib
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"


def main() -> None:
    """Release every month, attack all together, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--months", type=int, default=36)
    given = parser.parse_args()
    # The months are those of the suite, which has six of them.
    sys.path.insert(0, str(TESTS))
    made = importlib.import_module("analysis.disclosure.made_months")
    for ledger_used in (True, False):
        start = time.perf_counter()
        every = made.release_all(given.months, corrected=True, ledger_used=ledger_used)
        seconds = time.perf_counter() - start
        small = sum(found.small for _, found in every)
        coarser = sum(bool(found.sentence) for _, found in every)
        narrowed = made.attack_jointly(every)
        print(
            f"{given.months} monthly releases {'beside' if ledger_used else 'without'} a "
            f"ledger: {len(narrowed)} of {small} small hidden numbers narrowed by all "
            f"together; {coarser} releases coarser or empty; {seconds:.0f} s to release",
            flush=True,
        )


if __name__ == "__main__":
    main()
