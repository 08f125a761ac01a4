"""A sheet is drawn from released tables only."""

import dataclasses

import pytest

from briefs.small_school import make_rows, write_rows
from commonroot.analysis.disclosure import Released, Shown, Totals, release_count
from commonroot.analysis.disclosure.seal import UnreleasedError
from commonroot.briefs.brief import Request, count_file
from commonroot.briefs.groups import Estimates, Group
from commonroot.briefs.rate import Rate

TABLES = ("calendar", "situations", "simple")


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts")
    request = Request(write_rows(folder / "incidents.csv", make_rows()))
    return count_file(request, lambda message, share: None).facts


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_was_not_released_is_refused(facts, name):
    raw = {"week": {"2025-09-01": 3}}
    with pytest.raises(UnreleasedError):
        dataclasses.replace(
            facts, **{name: {"grade": raw} if name == "simple" else raw}
        )


def test_totals_that_were_not_released_are_refused(facts):
    with pytest.raises(UnreleasedError):
        dataclasses.replace(facts, totals=(30, 12, 31, 2))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Shown(3, 2, protected=False),
        lambda: Released({"week": {"monday": 3}}),
        lambda: Totals(3, 2, 3, 0),
    ],
)
def test_nobody_but_the_release_can_make_a_released_number(make):
    with pytest.raises(UnreleasedError):
        make()


def test_a_released_number_cannot_be_copied_with_another():
    shown = release_count(12, 9)

    with pytest.raises(UnreleasedError):
        dataclasses.replace(shown, incidents=3)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rate("300 students", 41),
        lambda: Rate("300 students", release_count(41, 20), 12),
        lambda: Group("Race", "A", 200, 12),
        lambda: Group("Race", "A", 200, release_count(3, 3), Estimates(*[None] * 6)),
        lambda: Group("Race", "A", 200, None, Estimates(*[None] * 6)),
    ],
)
def test_rates_and_groups_take_released_numbers_only(make):
    with pytest.raises(UnreleasedError):
        make()


def test_a_rate_of_a_hidden_number_is_none():
    assert Rate("300 students", release_count(9, 3)).value is None
