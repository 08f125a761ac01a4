"""A whole table found from what is shown alone."""

import numpy as np
import pytest

from commonroot.analysis.disclosure.bases import Wish, find_base
from commonroot.analysis.disclosure.sums import Cells, reduce

SCHOOLS, KINDS = 3, 4


def make_region(numbers):
    """Districts x schools x kinds with all totals; cells by (district, school, kind)."""
    districts = len(numbers)
    keys, sums = {}, []

    def place(*key):
        return keys.setdefault(key, len(keys))

    for d in range(districts):
        for s in range(SCHOOLS):
            for k in range(KINDS):
                place(d, s, k)
    rows = [(d, s) for d in range(districts) for s in range(SCHOOLS)]
    above = [(d, "*") for d in range(districts)]
    for d, s in [*rows, *above, ("*", "*")]:
        sums.append([place(d, s, "*"), *(place(d, s, k) for k in range(KINDS))])
    for k in [*range(KINDS), "*"]:
        for d in range(districts):
            sums.append([place(d, "*", k), *(place(d, s, k) for s in range(SCHOOLS))])
        sums.append([place("*", "*", k), *(place(d, "*", k) for d in range(districts))])
    values = [
        sum(
            int(numbers[d][s][k])
            for d in range(districts)
            for s in range(SCHOOLS)
            for k in range(KINDS)
            if key[0] in (d, "*") and key[1] in (s, "*") and key[2] in (k, "*")
        )
        for key in keys
    ]
    module = [key[0] if key[0] != "*" else -1 for key in keys]
    system = reduce(Cells.make(values, module=module), sums)
    inside = [
        [n for n, cells in enumerate(system.sums) if (system.module[cells] == d).all()]
        for d in range(districts)
    ]
    tied = [n for n in range(len(system.sums)) if all(n not in own for own in inside)]
    shared = {int(cell) for n in tied for cell in system.sums[n]}
    tied += [
        n for own in inside for n in own if shared.issuperset(system.sums[n].tolist())
    ]
    return system, [*inside, tied], keys


def draw(seed, districts):
    chance = np.random.default_rng(seed)
    return chance.integers(1, 9, (districts, SCHOOLS, KINDS))


def find(system, modules, hidden):
    top = system.least + 5
    return find_base(system, hidden, system.least, Wish.draw(top, 1), modules)


def hide_leaves(system, keys):
    hidden = np.zeros(len(system), bool)
    for key, cell in keys.items():
        if "*" not in key and system.of[cell] >= 0:
            hidden[system.of[cell]] = True
    return hidden


@pytest.mark.parametrize("districts", [1, 3])
@pytest.mark.parametrize("seed", range(5))
def test_a_base_adds_up_to_everything_that_is_shown(districts, seed):
    system, modules, keys = make_region(draw(seed, districts))
    hidden = hide_leaves(system, keys)

    base = find(system, modules if districts > 1 else [], hidden)

    assert [
        int((signs * base[m]).sum())
        for m, signs in zip(system.sums, system.signs, strict=True)
    ] == [0] * len(system.sums)
    assert base[~hidden].tolist() == system.values[~hidden].tolist()
    assert (base >= system.least).all()


@pytest.mark.parametrize("seed", range(5))
def test_a_base_is_the_same_whatever_the_hidden_numbers_truly_are(seed):
    numbers = draw(seed, 3)
    numbers[1, 0, 0] += 2
    numbers[1, 1, 1] += 2
    other = numbers.copy()
    # Two up and two down in a square: every total stays what it was.
    other[1, 0, 0] -= 1
    other[1, 1, 1] -= 1
    other[1, 0, 1] += 1
    other[1, 1, 0] += 1
    bases = []
    for true in (numbers, other):
        system, modules, keys = make_region(true)
        bases.append(find(system, modules, hide_leaves(system, keys)).tolist())

    assert bases[0] == bases[1]
