"""What can be said of the hidden cells before any reader is asked.

Every line is a cut: the parts that hiding each of its cells could bring must come to 1.
"""

from collections.abc import Iterator

from commonroot.analysis.disclosure.sums import NO_LIMIT, System

Cut = dict[int, float]
FAMILY = 2


def list_cuts(system: System, needs: dict[tuple[int, int], int]) -> Iterator[Cut]:
    """List the cuts that each single sum gives. `needs` holds (cell, side): need."""
    for cell in map(int, system.small.nonzero()[0]):
        for number in system.sums_of[cell]:
            yield from cut_for_promise(system, needs, cell, number)
            yield from cut_for_families(system, cell, number)


def cut_for_promise(
    system: System, needs: dict[tuple[int, int], int], cell: int, number: int
) -> Iterator[Cut]:
    """In a sum, others must move as far as a small cell must be able to."""
    members, signs = system.sums[number], system.signs[number]
    own = int(signs[members.tolist().index(cell)])
    others = [
        (int(member), int(sign))
        for member, sign in zip(members, signs, strict=True)
        if member != cell
    ]
    yield {member: 1.0 for member, _ in others}
    for side in (1, -1):
        need = needs.get((cell, side), 0)
        if need > 0:
            yield {
                member: min(find_room(system, member, -side * own * sign), need) / need
                for member, sign in others
            }


def find_room(system: System, cell: int, side: int) -> int:
    """Find how far a class could move to a side if everything were hidden."""
    if side < 0:
        return int(system.values[cell] - system.lowest[cell])
    most = int(system.most[cell])
    return most if most == NO_LIMIT else most - int(system.values[cell])


def cut_for_families(system: System, cell: int, number: int) -> Iterator[Cut]:
    """A family that knows one or two of the others must not be able to subtract."""
    members = [int(member) for member in system.sums[number] if member != cell]
    known = [member for member in members if system.single[member]]
    if 0 < len(known) <= FAMILY and len(known) < len(members):
        yield {member: 1.0 for member in members if member not in known}
