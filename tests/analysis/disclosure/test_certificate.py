"""A certificate proves its release, and nothing else."""

import copy

import pytest

from analysis.disclosure.made_tables import REGION, count_children
from commonroot.analysis.disclosure.certificate import check
from commonroot.analysis.disclosure.releasing import release


@pytest.fixture(scope="module")
def found():
    return release(count_children(5), REGION, seconds=60)


def publish(found):
    return {key: cell.incidents for key, cell in found.cells.items()}


def test_a_certificate_proves_every_small_cell(found):
    checked = check(publish(found), found.certificate)

    assert checked.problems == ()
    assert found.proven == found.small
    assert checked.proven >= found.small


def test_another_number_is_noticed(found):
    rows = publish(found)
    key = next(key for key, number in rows.items() if number)
    rows[key] += 1

    assert check(rows, found.certificate).problems != ()


@pytest.mark.parametrize("by", [1, -1000])
def test_another_table_is_noticed(found, by):
    certificate = copy.deepcopy(dict(found.certificate))
    certificate["tables"][0][0] += by

    assert check(publish(found), certificate).problems != ()


def test_a_missing_row_is_noticed(found):
    rows = publish(found)
    del rows[next(iter(rows))]

    assert check(rows, found.certificate).problems != ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("tables", []), ("hidden_cells", 3), ("released_on", "1999-01-01"), ("seed", 9)],
)
def test_a_certificate_that_was_changed_is_noticed(found, name, value):
    certificate = {**found.certificate, name: value}

    assert check(publish(found), certificate).problems != ()


def test_a_row_that_is_not_in_the_design_is_noticed(found):
    rows = {**publish(found), ("zoo", "*", "*", "*"): 0}

    assert check(rows, found.certificate).problems != ()
