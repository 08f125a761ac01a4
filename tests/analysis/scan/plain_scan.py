"""The scan again, slowly: rows as dictionaries, loops, and nothing shared with it."""

import math
from itertools import combinations


def count_slices(rows, blocks, deepest, fewest=2):
    """Count every slice: {conditions: [incidents by number]}."""
    found = {}
    for number, row in enumerate(rows):
        for depth in range(fewest, deepest + 1):
            for names in combinations(blocks, depth):
                if len({blocks[name] for name in names}) == depth:
                    key = tuple((name, row[name]) for name in names)
                    found.setdefault(key, []).append(number)
    return found


def expect(rows, strata, key):
    """Add up, over strata, incidents times the product of shares."""
    total = 0.0
    for stratum in set(strata):
        mine = [row for row, own in zip(rows, strata, strict=True) if own == stratum]
        part = float(len(mine))
        for name, value in key:
            part *= sum(row[name] == value for row in mine) / len(mine)
        total += part
    return total


def vary(rows, key):
    """Variance over the mean of a cell with all margins fixed."""
    shares = [sum(row[n] == v for row in rows) / len(rows) for n, v in key]
    factor = 1 + (len(key) - 1) * math.prod(shares)
    for left_out in range(len(shares)):
        factor -= math.prod(s for at, s in enumerate(shares) if at != left_out)
    return factor


def score(rows, students, strata, key, members, fewest_students):
    """Score one slice without its heaviest student; students are sets, by incident."""
    tally, overall = {}, {}
    for number in range(len(rows)):
        for student in students[number]:
            overall[student] = overall.get(student, 0) + 1
    for number in members:
        for student in students[number]:
            tally[student] = tally.get(student, 0) + 1
    if len(members) < 5 or len(tally) < fewest_students:
        return {0.0}
    most = max(tally.values())
    scores = set()
    for student in [one for one in tally if tally[one] == most]:
        left = sum(student not in students[number] for number in members)
        usual = expect(rows, strata, key) * (1 - overall[student] / len(rows))
        varies = vary(rows, key)
        if left > usual > 0 and varies > 1e-9:
            scores.add((left * math.log(left / usual) - (left - usual)) / varies)
        else:
            scores.add(0.0)
    return scores
