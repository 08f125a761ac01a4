"""Slices beside what is told: no small cell that a reader can reach becomes known."""

import random
from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from commonroot.analysis.disclosure import CountedCell, release_slices, slices
from commonroot.analysis.disclosure.slices import FEWEST_STUDENTS

PLACES, HOURS, DAYS = ("bus", "hall", "gym"), ("am", "pm"), ("Mon", "Fri", "rest")
PARTS = list(product(PLACES, HOURS, DAYS))


def count(key, numbers, chosen):
    """Count a cell; here every incident is of a student of its own."""
    parts = {part: numbers[part] for part in chosen}
    total = sum(parts.values())
    return CountedCell(key, total, total, parts)


def choose(*labels):
    return [part for part in PARTS if all(label in part for label in labels)]


def make_school(seed):
    chance = random.Random(seed)
    return {part: chance.choice((0, 0, 1, 2, 3, 5, 9, 14)) for part in PARTS}


def list_told(numbers):
    """The margins, as a sheet tells them, but those that are hidden there."""
    margins = [count("all", numbers, PARTS)]
    margins += [count(label, numbers, choose(label)) for label in (*PLACES, *DAYS)]
    return [cell for cell in margins if not cell.is_small]


def list_inside(numbers):
    """Every cell of the whole cube, its margins among them."""
    cells = []
    for labels in product((*PLACES, None), (*HOURS, None), (*DAYS, None)):
        named = [label for label in labels if label]
        cells.append(count(labels, numbers, choose(*named)))
    return cells


def find_range(cell, told):
    """The least and the most a cell can be: scipy, in whole numbers."""
    matrix = np.array([[part in each.parts for part in PARTS] for each in told], float)
    totals = np.array([each.incidents for each in told], float)
    own = np.array([part in cell.parts for part in PARTS], float)
    found = []
    for sign in (1, -1):
        done = milp(
            sign * own,
            constraints=LinearConstraint(matrix, totals, totals),
            bounds=Bounds(0, np.inf),
            integrality=np.ones(len(PARTS)),
        )
        found.append(round(sign * done.fun))
    return tuple(found)


def is_open(cell, told):
    low, high = find_range(cell, told)
    return low <= 1 and high >= max(FEWEST_STUDENTS - 1, cell.incidents)


PATTERNS = (("bus", "pm"), ("bus", "Mon"), ("hall", "Fri"), ("pm", "Mon"))


@pytest.mark.parametrize("seed", range(40))
def test_whatever_margins_alone_leave_open_stays_open_beside_the_slices(seed):
    numbers = make_school(seed)
    told, inside = list_told(numbers), list_inside(numbers)
    cells = {names: count(names, numbers, choose(*names)) for names in PATTERNS}

    shown = release_slices({n: [cell] for n, cell in cells.items()}, told, inside)

    beside = [cells[names] for names, cell in shown.items() if not cell.protected]
    small = [cell for cell in inside if cell.is_small and is_open(cell, told)]
    assert [c.key for c in small if not is_open(c, [*told, *beside])] == []


def test_telling_every_slice_would_have_told_small_cells():
    leaks = 0
    for seed in range(40):
        numbers = make_school(seed)
        told = list_told(numbers)
        every = [count(names, numbers, choose(*names)) for names in PATTERNS]
        leaks += any(
            cell.is_small and is_open(cell, told) and not is_open(cell, [*told, *every])
            for cell in list_inside(numbers)
        )
    assert leaks > 20


def test_two_slices_that_leave_three_of_a_place_are_not_both_told():
    numbers = dict.fromkeys(PARTS, 0)
    numbers |= {("bus", "pm", "Mon"): 20, ("bus", "pm", "Fri"): 18}
    numbers |= {("bus", "pm", "rest"): 3, ("hall", "am", "rest"): 60}
    monday, friday = (count(day, numbers, choose("bus", day)) for day in ("Mon", "Fri"))
    told = [count("bus", numbers, choose("bus"))]
    rest = [count("rest of the bus", numbers, choose("bus", "rest"))]

    alone = release_slices({"Mon": [monday]}, told, rest)
    both = release_slices({"Mon": [monday], "Fri": [friday]}, told, rest)

    assert alone["Mon"].incidents == 20
    # Of the two the smaller is hidden.
    assert [both[day].incidents for day in ("Mon", "Fri")] == [20, None]


def test_what_is_told_along_with_a_slice_hides_it():
    numbers = dict.fromkeys(PARTS, 9) | {("bus", "am", "Mon"): 2}
    afternoon = count("pm", numbers, choose("bus", "pm", "Mon"))
    monday = count("Mon", numbers, choose("bus", "Mon"))
    morning = [count("am", numbers, choose("bus", "am", "Mon"))]

    assert not release_slices({"p": [afternoon]}, [], morning)["p"].protected
    assert release_slices({"p": [afternoon, monday]}, [], morning)["p"].protected


def test_a_slice_of_few_students_and_one_without_cells_are_hidden():
    numbers = dict.fromkeys(PARTS, 1)
    few = count("bus", numbers, choose("bus", "am"))

    shown = release_slices({"few": [few], "none": []}, [], [])

    assert [cell.protected for cell in shown.values()] == [True, True]


def test_without_time_for_the_proof_every_slice_is_hidden(monkeypatch):
    monkeypatch.setattr(slices, "PATIENT_SECONDS", 0.0)
    numbers = dict.fromkeys(PARTS, 9) | {("bus", "am", "Mon"): 2}
    shown = release_slices(
        {"bus": [count("bus", numbers, choose("bus"))]},
        [count("all", numbers, PARTS)],
        list_inside(numbers),
    )

    assert shown["bus"].protected
