"""The scan's parts against numbers that others have published."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from commonroot.analysis.scan import Column, assume_independence, make_events
from commonroot.analysis.scan.kernels import score_cell

REFERENCE = Path(__file__).parents[4] / "shared/data/scan-reference"


def test_the_cells_of_a_published_table_add_up_to_its_likelihood_ratio():
    # Agresti (2007), An Introduction to Categorical Data Analysis, 2nd edition, table 2.5:
    # party identification by gender; G squared = 30.0.
    table = np.array([[762, 327, 468], [484, 239, 477]])
    columns = [
        Column("gender", ("female", "male"), "gender"),
        Column("party", ("Democrat", "Independent", "Republican"), "party"),
    ]
    codes = np.array(
        [[g, p] for g in range(2) for p in range(3) for _ in range(table[g, p])]
    ).T
    baseline = assume_independence(make_events(columns, codes, []), deepest=2)

    # Published expected frequencies, first row: 703.7, 319.6, 533.7.
    assert baseline.expected[:3].round(1).tolist() == [703.7, 319.6, 533.7]
    seen = table.ravel()
    scores = [
        o * math.log(o / e) - (o - e)
        for o, e in zip(seen, baseline.expected, strict=True)
    ]
    assert round(2 * sum(scores), 1) == 30.0
    above = [
        score_cell(float(o), e, 1.0)
        for o, e in zip(seen, baseline.expected, strict=True)
    ]
    assert above == pytest.approx(
        [
            s if o > e else 0.0
            for s, o, e in zip(scores, seen, baseline.expected, strict=True)
        ]
    )


def test_the_poisson_part_of_satscans_published_cluster():
    # New York leukaemia, the most likely cluster (smerc's check against SaTScan): 85 cases
    # of 552, 49.71 expected, log likelihood ratio 11.577255, which is our score inside the
    # cluster and the same outside it.
    inside = score_cell(85.0, 49.7103, 1.0)
    outside = 467 * math.log(467 / (552 - 49.7103)) - (467 - (552 - 49.7103))

    assert inside + outside == pytest.approx(11.577255, abs=0.001)


@pytest.mark.skipif(not REFERENCE.exists(), reason="shared/data is not here")
def test_the_space_time_permutation_set_has_the_expectation_that_defines_it():
    # Kulldorff and others (2005), PLoS Medicine 2:e59, equation 1: expected = (cases of the
    # place x cases of the day) / all cases.
    with (REFERENCE / "NYCfevercas.csv").open() as file:
        rows = list(csv.DictReader(file))
    zips = sorted({row["zip"] for row in rows})
    days = sorted({row["date"] for row in rows})
    codes, pairs = [], []
    for row in rows:
        for _ in range(int(row["cases"])):
            codes.append((zips.index(row["zip"]), days.index(row["date"])))
    codes = np.array(codes).T
    columns = [Column("zip", tuple(zips), "zip"), Column("date", tuple(days), "date")]
    baseline = assume_independence(make_events(columns, codes, pairs), deepest=2)

    table = np.zeros((len(zips), len(days)))
    np.add.at(table, tuple(codes), 1)
    by_hand = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    assert np.allclose(baseline.expected.reshape(table.shape), by_hand)
