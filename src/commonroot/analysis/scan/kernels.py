"""The inner loops, compiled: counting cells student by student, and dealing values.

numba compiles each function when it is first called and keeps the result on disk.
Random numbers are made here from a seed (splitmix64), so that the same seed gives the
same numbers on any machine, with any number of threads and any version of numpy.
"""

import math
from typing import Any

import numpy as np
from numba import njit

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
# A cell whose count cannot vary (a column with one value) has this or less by rounding.
NO_VARIANCE = 1e-9
UNIT = 1.0 / 9007199254740992.0


def compiled(function: Any) -> Any:
    """Compile without holding Python's lock, and keep the result on disk."""
    return njit(nogil=True, cache=True)(function)


@compiled
def leave_out(cells: Any, cell: Any, pairs: Any) -> Any:
    """Find a cell's heaviest student: their incidents in it, who, and how many students.

    `pairs` are (incident, student) in the order of students, so one student's come
    one after another. Of equals the first stands.
    """
    students = 0
    longest = 0
    whose = 0
    last = -1
    run = 0
    for at in range(pairs.shape[0]):
        if cells[pairs[at, 0]] == cell:
            if pairs[at, 1] != last:
                last = pairs[at, 1]
                run = 0
                students += 1
            run += 1
            if run > longest:
                longest = run
                whose = last
    return longest, whose, students


@compiled
def score_cell(incidents: Any, expected: Any, varies: Any) -> Any:
    """Score a cell: [o ln(o / E) - (o - E)] / varies, and 0 where o <= E.

    The Poisson log likelihood ratio (Kulldorff 1997), over the variance of the cell
    relative to its mean when margins are fixed.

    >>> round(score_cell(20.0, 10.0, 1.0), 4), score_cell(9.0, 10.0, 1.0)
    (3.8629, 0.0)
    """
    if expected <= 0.0 or incidents <= expected or varies < NO_VARIANCE:
        return 0.0
    ratio = incidents / expected
    return (incidents * math.log(ratio) - (incidents - expected)) / varies


@compiled
def score_sets(
    codes: Any,
    pairs: Any,
    of_students: Any,
    sets: Any,
    depths: Any,
    strides: Any,
    offsets: Any,
    expected: Any,
    varies: Any,
    named: Any,
    fewest: Any,
    counts: Any,
    touched: Any,
    best: Any,
    told: Any,
) -> None:
    """Count every set's cells and score them without their heaviest student.

    `of_students` are the shares of all incidents that each student has; `varies`
    is each cell's variance over its mean. `best[d]` keeps the largest score at depth d. With a `told` of as many rows as
    cells, each cell's incidents, its heaviest student's, its students and its score
    are written there. Otherwise the heaviest student is looked for only where the
    cell could still lead.
    """
    size = codes.shape[1]
    cells = np.empty(size, dtype=np.uint32)
    telling = told.shape[0] > 0
    heaviest = of_students.max()
    for number in range(sets.shape[0]):
        depth = depths[number]
        offset = offsets[number]
        for at in range(size):
            cells[at] = 0
        for level in range(depth):
            stride = np.uint32(strides[number, level])
            row = codes[sets[number, level]]
            for at in range(size):
                cells[at] += stride * np.uint32(row[at])
        count = 0
        for at in range(size):
            cell = cells[at]
            counts[cell] += 1
            # A cell is worth a look once it has enough incidents.
            if counts[cell] == fewest[0]:
                touched[count] = cell
                count += 1
        for at in range(count):
            cell = touched[at]
            incidents = counts[cell]
            usual = expected[offset + cell]
            if telling:
                told[offset + cell, 0] = incidents
            if not named[offset + cell] or usual <= 0.0:
                continue
            if not telling and incidents - 1.0 <= usual * (1.0 - heaviest):
                continue
            if not telling:
                # No student weighs less than one incident, so this cannot be passed;
                # and (1 + x) ln(1 + x) - x <= x^2 / 2 spares most logarithms.
                least = usual * (1.0 - heaviest)
                beyond = incidents - 1.0 - least
                if beyond * beyond <= 2.0 * least * varies[offset + cell] * best[depth]:
                    continue
                most = score_cell(incidents - 1.0, least, varies[offset + cell])
                if most <= best[depth]:
                    continue
            longest, whose, students = leave_out(cells, cell, pairs)
            score = 0.0
            if students >= fewest[1]:
                score = score_cell(
                    float(incidents - longest),
                    usual * (1.0 - of_students[whose]),
                    varies[offset + cell],
                )
                best[depth] = max(best[depth], score)
            if telling:
                told[offset + cell, 1] = longest
                told[offset + cell, 2] = students
                told[offset + cell, 3] = score
        for at in range(size):
            counts[cells[at]] = 0


@compiled
def fill_cubes(
    codes: Any,
    start: Any,
    stop: Any,
    blocks: Any,
    strides: Any,
    begins: Any,
    cubes: Any,
    carried: Any,
    carries: Any,
) -> None:
    """Count rows from start to stop into the flat cubes of several blocks of columns.

    `blocks` and `strides` have shape (blocks, 4); a block of fewer columns has strides
    of 0. The cube of block i begins at `begins[i]`. Cells of 16 bits keep more of a
    cube near the processor; a cell that is full begins again, and is written down as
    the next of `carried[i]`, of which there are `carries[i]`. Addresses are worked out
    for a stretch of rows at a time (which runs in vector registers), and then counted:
    together the two are slower.
    """
    stretch = 4096
    addresses = np.empty(stretch, dtype=np.uint32)
    for number in range(blocks.shape[0]):
        cube = cubes[begins[number] : begins[number + 1]]
        full = carries[number]
        one, two = strides[number, 0], strides[number, 1]
        three, four = strides[number, 2], strides[number, 3]
        for begin in range(start, stop, stretch):
            end = min(stop, begin + stretch)
            first = codes[blocks[number, 0], begin:end]
            second = codes[blocks[number, 1], begin:end]
            third = codes[blocks[number, 2], begin:end]
            fourth = codes[blocks[number, 3], begin:end]
            for at in range(end - begin):
                addresses[at] = (
                    one * np.uint32(first[at])
                    + two * np.uint32(second[at])
                    + three * np.uint32(third[at])
                    + four * np.uint32(fourth[at])
                )
            for at in range(end - begin):
                count = np.uint16(cube[addresses[at]] + np.uint16(1))
                cube[addresses[at]] = count
                if count == 0:
                    carried[number, full] = addresses[at]
                    full += 1
        carries[number] = full


@compiled
def widen(cube: Any, carried: Any, table: Any) -> None:
    """Write a cube in 32 bits, with what its full cells carried."""
    for at in range(cube.shape[0]):
        table[at] = np.uint32(cube[at])
    for at in range(carried.shape[0]):
        table[carried[at]] += np.uint32(1 << 16)


@compiled
def add_table(total: Any, table: Any) -> None:
    """Add a flat table to another of the same size."""
    for at in range(table.shape[0]):
        total[at] += table[at]


@compiled
def fold_cube(
    cube: Any, shape: Any, first: Any, second: Any, third: Any, fourth: Any
) -> None:
    """Sum a flat cube of four columns over each of them in turn, in one pass.

    `first` is the table without the first column, and so on; they begin as zeros.
    Each is summed in runs of its own, because one loop over all four does not run in
    vector registers.
    """
    row = shape[3]
    plane = shape[2] * row
    half = shape[1] * plane
    for i in range(shape[0]):
        mine = cube[i * half : (i + 1) * half]
        add_table(first, mine)
        for j in range(shape[1]):
            place = i * shape[1] + j
            inner = mine[j * plane : (j + 1) * plane]
            add_table(second[i * plane : (i + 1) * plane], inner)
            without = third[place * row : (place + 1) * row]
            for k in range(shape[2]):
                total = np.uint32(0)
                for m in range(row):
                    count = inner[k * row + m]
                    without[m] += count
                    total += count
                fourth[place * shape[2] + k] = total


@compiled
def sum_table(table: Any, shape: Any, strides: Any, total: Any) -> None:
    """Sum a flat table of four axes into another, in which each axis has a stride.

    An axis with a stride of 0 is summed over.
    """
    cell = 0
    for i in range(shape[0]):
        for j in range(shape[1]):
            for k in range(shape[2]):
                place = i * strides[0] + j * strides[1] + k * strides[2]
                for m in range(shape[3]):
                    total[place + m * strides[3]] += table[cell + m]
                cell += shape[3]


@compiled
def unfold(
    cube: Any,
    shape: Any,
    folded: Any,
    sources: Any,
    inward: Any,
    places: Any,
    counts: Any,
) -> None:
    """Sum the cube of a block into the sets it holds.

    A set is summed out of the cube (source 4) or of its table without column 0, 1, 2
    or 3, with the strides `inward`, to where `places` says in `counts`. The tables are
    worked out in `folded`.
    """
    edges = np.zeros(5, dtype=np.int64)
    for axis in range(4):
        edges[axis + 1] = edges[axis] + cube.shape[0] // shape[axis]
    folded[: edges[4]] = 0
    fold_cube(
        cube,
        shape,
        folded[edges[0] : edges[1]],
        folded[edges[1] : edges[2]],
        folded[edges[2] : edges[3]],
        folded[edges[3] : edges[4]],
    )
    for wanted in range(sources.shape[0]):
        source = sources[wanted]
        inner = shape.copy()
        table = cube
        if source < 4:
            inner[source] = 1
            table = folded[edges[source] : edges[source + 1]]
        sum_table(table, inner, inward[wanted], counts[places[wanted] :])


@compiled
def tabulate(
    codes: Any,
    stretch: Any,
    room: Any,
    blocks: Any,
    shapes: Any,
    strides: Any,
    begins: Any,
    firsts: Any,
    sources: Any,
    inward: Any,
    places: Any,
    counts: Any,
) -> None:
    """Count several blocks of columns, and sum their cubes into the sets they hold.

    Block i gives the sets from `firsts[i]` to `firsts[i + 1]`, by `unfold`. Rows are
    counted `stretch` at a time into cubes of `room` cells at a time.
    """
    first = 0
    cubes = np.empty(0, dtype=np.uint16)
    # A cell is full after 65,536 rows, so a cube has at most so many full ones.
    carried = np.empty((blocks.shape[0], codes.shape[1] >> 16), dtype=np.uint32)
    carries = np.zeros(blocks.shape[0], dtype=np.int64)
    largest = (begins[1:] - begins[:-1]).max()
    table = np.empty(largest, dtype=np.uint32)
    folded = np.empty(4 * largest, dtype=np.uint32)
    while first < blocks.shape[0]:
        # As many cubes at a time as stay near the processor.
        last = first + 1
        while last < blocks.shape[0] and begins[last + 1] - begins[first] <= room:
            last += 1
        cells = begins[last] - begins[first]
        if cells > cubes.shape[0]:
            cubes = np.empty(cells, dtype=np.uint16)
        cubes[:cells] = 0
        for start in range(0, codes.shape[1], stretch):
            fill_cubes(
                codes,
                start,
                min(codes.shape[1], start + stretch),
                blocks[first:last],
                strides[first:last],
                begins[first : last + 1] - begins[first],
                cubes,
                carried[first:last],
                carries[first:last],
            )
        for number in range(first, last):
            begin = begins[number] - begins[first]
            size = begins[number + 1] - begins[number]
            full = carried[number, : carries[number]]
            widen(cubes[begin : begin + size], full, table)
            these = slice(firsts[number], firsts[number + 1])
            unfold(
                table[:size],
                shapes[number],
                folded,
                sources[these],
                inward[these],
                places[these],
                counts,
            )
        first = last


@compiled
def expect_cells(
    weights: Any, shares: Any, chosen: Any, sizes: Any, expected: Any
) -> None:
    """Add up weight x product of shares over groups, for each cell of a set.

    `shares` has shape (groups, columns, values).
    """
    for group in range(weights.shape[0]):
        product = np.full(1, weights[group])
        for level in range(chosen.shape[0]):
            size = sizes[level]
            share = shares[group, chosen[level]]
            larger = np.empty(product.shape[0] * size)
            for at in range(product.shape[0]):
                for value in range(size):
                    larger[at * size + value] = product[at] * share[value]
            product = larger
        for cell in range(product.shape[0]):
            expected[cell] += product[cell]


@compiled
def vary_cells(shares: Any, fixed: Any, chosen: Any, sizes: Any, varies: Any) -> None:
    """Give 1 + (f - 1) P - sum over fixed columns of P / p, for each cell of a set.

    Built column by column: with P the product so far and Q the sum, the next column
    makes P p and Q p + P (without P when its margin is not fixed).
    """
    count = 0
    product = np.ones(1)
    spared = np.zeros(1)
    for level in range(chosen.shape[0]):
        size = sizes[level]
        share = shares[chosen[level]]
        held = 1.0 if fixed[chosen[level]] else 0.0
        count += fixed[chosen[level]]
        larger = np.empty(product.shape[0] * size)
        others = np.empty(product.shape[0] * size)
        for at in range(product.shape[0]):
            for value in range(size):
                larger[at * size + value] = product[at] * share[value]
                others[at * size + value] = (
                    spared[at] * share[value] + held * product[at]
                )
        product = larger
        spared = others
    for cell in range(product.shape[0]):
        varies[cell] = 1.0 + (count - 1) * product[cell] - spared[cell]


@compiled
def expect_sets(
    weights: Any,
    shares: Any,
    sets: Any,
    depths: Any,
    sizes: Any,
    offsets: Any,
    expected: Any,
) -> None:
    """Expect incidents in every cell of several sets of columns, by `expect_cells`."""
    for number in range(sets.shape[0]):
        chosen = sets[number, : depths[number]]
        table = expected[offsets[number] : offsets[number + 1]]
        expect_cells(weights, shares, chosen, sizes[chosen], table)


@compiled
def vary_sets(
    shares: Any,
    fixed: Any,
    sets: Any,
    depths: Any,
    sizes: Any,
    offsets: Any,
    varies: Any,
) -> None:
    """Give the variance over the mean in every cell of several sets, by `vary_cells`."""
    for number in range(sets.shape[0]):
        chosen = sets[number, : depths[number]]
        table = varies[offsets[number] : offsets[number + 1]]
        vary_cells(shares, fixed, chosen, sizes[chosen], table)


@compiled
def score_counts(
    counts: Any, expected: Any, varies: Any, named: Any, fewest: Any, scores: Any
) -> Any:
    """Score the cells of one set of a large table; give the largest score.

    Nobody is left out here. With `scores` of as many cells, every score is kept.
    """
    largest = 0.0
    keeping = scores.shape[0] > 0
    for cell in range(counts.shape[0]):
        incidents = float(counts[cell])
        usual = expected[cell]
        if incidents < fewest or incidents <= usual or not named[cell]:
            continue
        # (1 + x) ln(1 + x) - x <= x^2 / 2, so most cells need no logarithm.
        beyond = incidents - usual
        if not keeping and beyond * beyond <= 2.0 * usual * varies[cell] * largest:
            continue
        score = score_cell(incidents, usual, varies[cell])
        largest = max(largest, score)
        if keeping:
            scores[cell] = score
    return largest


@compiled
def next_random(state: Any) -> Any:
    """Give the next 64 random bits (splitmix64, Steele and others 2014)."""
    state[0] += GOLDEN
    mixed = state[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * MIX_2
    return mixed ^ (mixed >> np.uint64(31))


@compiled
def next_share(state: Any) -> Any:
    """Give a number between 0 and 1, with 53 random bits."""
    return (next_random(state) >> np.uint64(11)) * UNIT


@compiled
def next_below(state: Any, limit: Any) -> Any:
    """Give a whole number from 0 to below the limit."""
    return int(next_share(state) * limit)


@compiled
def next_normal(state: Any) -> Any:
    """Give a number from the normal distribution (Box and Muller 1958)."""
    radius = math.sqrt(-2.0 * math.log(1.0 - next_share(state)))
    return radius * math.cos(2.0 * math.pi * next_share(state))


@compiled
def start_random(seed: Any, number: Any) -> Any:
    """Start the random numbers of one replicate, far from those of the others."""
    state = np.empty(1, dtype=np.uint64)
    state[0] = np.uint64(seed)
    state[0] = next_random(state) ^ (np.uint64(number) * MIX_2)
    state[0] = next_random(state)
    return state


@compiled
def shuffle(state: Any, places: Any) -> None:
    """Fill with the numbers from 0 on, in a random order."""
    for at in range(places.shape[0]):
        places[at] = at
    for last in range(places.shape[0] - 1, 0, -1):
        other = next_below(state, last + 1)
        kept = places[last]
        places[last] = places[other]
        places[other] = kept


@compiled
def deal_column(
    state: Any,
    values: Any,
    members: Any,
    groups: Any,
    classes: Any,
    jitter: Any,
    dealt: Any,
) -> None:
    """Deal a column's values to students of about the same number of incidents.

    `members` lists incidents by class, then by student, heaviest first; `groups` says
    where each student begins, `classes` at which group each class begins. The order
    of students is shaken by `jitter` on the scale of logarithms, each student's values
    are shuffled and laid end to end, and given out again in the old order.
    """
    hand = np.empty(members.shape[0], dtype=values.dtype)
    for number in range(classes.shape[0] - 1):
        start = classes[number]
        stop = classes[number + 1]
        keys = np.empty(stop - start)
        for at in range(start, stop):
            size = groups[at + 1] - groups[at]
            keys[at - start] = -math.log(size) + jitter * next_normal(state)
        order = np.argsort(keys)
        place = groups[start]
        for at in range(stop - start):
            group = start + order[at]
            begin = place
            for member in range(groups[group], groups[group + 1]):
                hand[place] = values[members[member]]
                place += 1
            for last in range(place - 1, begin, -1):
                other = begin + next_below(state, last - begin + 1)
                kept = hand[last]
                hand[last] = hand[other]
                hand[other] = kept
        for at in range(groups[start], groups[stop]):
            dealt[members[at]] = hand[at]


@compiled
def roll_column(values: Any, members: Any, begins: Any, turns: Any, dealt: Any) -> None:
    """Roll each stretch of a column by its number of incidents."""
    for number in range(turns.shape[0]):
        begin = begins[number]
        size = begins[number + 1] - begin
        source = begin + turns[number]
        for at in range(begin, begin + size):
            if source >= begin + size:
                source -= size
            dealt[members[at]] = values[members[source]]
            source += 1


@compiled
def deal_enrolled(state: Any, enrolled: Any, lead: Any, dealt: Any) -> None:
    """Give each student the value of somebody enrolled, nobody twice while there are any."""
    drawn = enrolled.copy()
    given = np.empty(lead.max() + 1, dtype=enrolled.dtype)
    for student in range(given.shape[0]):
        at = student % drawn.shape[0]
        other = at + next_below(state, drawn.shape[0] - at)
        kept = drawn[at]
        drawn[at] = drawn[other]
        drawn[other] = kept
        given[student] = drawn[at]
    for event in range(lead.shape[0]):
        dealt[event] = given[lead[event]]


@compiled
def turn_clock(state: Any, values: Any, lead: Any, shares: Any, dealt: Any) -> None:
    """Turn each student's times round the clock together, by a random part of the day."""
    turns = np.empty(lead.max() + 1)
    for student in range(turns.shape[0]):
        turns[student] = next_share(state)
    begins = np.zeros(shares.shape[0] + 1)
    for at in range(shares.shape[0]):
        begins[at + 1] = begins[at] + shares[at]
    for event in range(values.shape[0]):
        value = values[event]
        place = begins[value] + next_share(state) * shares[value] + turns[lead[event]]
        place = (place % 1.0) * begins[shares.shape[0]]
        at = 0
        while at < shares.shape[0] - 1 and place >= begins[at + 1]:
            at += 1
        dealt[event] = at


@compiled
def swap_days(state: Any, values: Any, weeks: Any, open_days: Any, dealt: Any) -> None:
    """Let the school days of each week change places, with all that happened on them.

    A day that was no school day stays where it is.
    """
    size = open_days.shape[1]
    places = np.empty((open_days.shape[0], size), dtype=np.uint8)
    for week in range(open_days.shape[0]):
        for day in range(size):
            places[week, day] = day
        for last in range(size - 1, 0, -1):
            if not open_days[week, last]:
                continue
            count = 0
            for day in range(last + 1):
                count += open_days[week, day]
            wanted = next_below(state, count)
            other = 0
            while True:
                if open_days[week, other]:
                    if wanted == 0:
                        break
                    wanted -= 1
                other += 1
            kept = places[week, last]
            places[week, last] = places[week, other]
            places[week, other] = kept
    for event in range(values.shape[0]):
        dealt[event] = places[weeks[event], values[event]]
