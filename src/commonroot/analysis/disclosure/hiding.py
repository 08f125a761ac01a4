"""Hide as little as the promise allows: choose, ask the readers, learn, again."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from commonroot.analysis.disclosure.choosing import Chooser
from commonroot.analysis.disclosure.first_cuts import list_cuts
from commonroot.analysis.disclosure.mending import Mender
from commonroot.analysis.disclosure.parts import WORKERS, in_parallel
from commonroot.analysis.disclosure.patience import OutOfTimeError
from commonroot.analysis.disclosure.reader import LEANING, Reader, Request
from commonroot.analysis.disclosure.sums import Flags, System

GAP, LARGE_GAP = 0.004, 0.004
LARGE = 2_000
WAYS = 4
# One choice of the integer programme may take this part of the time limit; after so
# many choices without a better bound, or with this part left, what fails is mended.
ONE_CHOICE = 0.02
PATIENCE, LARGE_PATIENCE = 20, 5
BETTER = 1.0005
LATE = 0.4
# What is not close yet is learned about further until this part of the time is gone,
# and for so many seconds at the most: a small table must not take minutes.
ENOUGH, MOST_EXTRA = 0.3, 20.0
# The integer programme is left for mending when what fails is this part of what is
# hidden, and its answer is taken when it is this close to the bound.
FEW_FAILING = 0.01
CLOSE, LARGE_CLOSE = 1.008, 1.035


@dataclass(frozen=True)
class Progress:
    """How far the work has come: sides of the promise that hold, of all of them."""

    proven: int
    asked: int
    hidden: int
    bound: int
    step: str


@dataclass(frozen=True)
class Hiding:
    """What to hide, the proven minimum, and requests that no hiding could meet."""

    hidden: Flags
    bound: int
    weight: int
    unmet: tuple[Request, ...] = ()


def list_requests(system: System, threshold: int) -> list[Request]:
    """List both sides of the promise for every small class, for who knows of zeros.

    Up to the threshold less one, and down to the least that its own zeros allow.
    """
    small = np.flatnonzero(system.small)
    top = np.minimum(threshold - 1, system.most)
    up = [Request(int(cell), 1, int(top[cell] - system.values[cell])) for cell in small]
    down = [
        Request(int(cell), -1, int(system.values[cell] - system.lowest[cell]))
        for cell in small
    ]
    return [request for request in up + down if request.need > 0]


def list_plain_requests(system: System) -> list[Request]:
    """List the small totals that a reader who does not know of zeros may take for 1."""
    wanted = np.flatnonzero(system.small & (system.lowest > 1) & (system.values > 1))
    return [Request(int(cell), -1, int(system.values[cell] - 1)) for cell in wanted]


@dataclass
class Readers:
    """Those who ask: one for each module, one for the whole, one who is plain."""

    system: System
    requests: Sequence[Request]
    plain_requests: Sequence[Request]
    seed: int
    modules: list[tuple[Reader, list[Request]]] = field(default_factory=list)
    content: dict[str, Flags] = field(default_factory=dict)
    asked_last: str = ""

    def __post_init__(self) -> None:
        """Start the readers."""
        many = len(self.system) > LARGE
        self.whole = [Reader(self.system) for _ in range(WORKERS if many else 1)]
        self.plain = Reader(self.system, plain=True) if self.plain_requests else None
        self.chance = np.random.default_rng(self.seed)
        numbers = sorted({int(module) for module in self.system.module if module >= 0})
        if len(numbers) > 1:
            parts = [list_inside(self.system, number) for number in numbers]
            parts.append(list_above(self.system))
            self.modules = [self.start_module(sums) for sums in parts]

    def start_module(self, sums: list[int]) -> tuple[Reader, list[Request]]:
        """Start a reader who knows only some sums."""
        reader = Reader(self.system, sums)
        return reader, [
            request for request in self.requests if reader.position[request.cell] >= 0
        ]

    def ask_modules(self, hidden: Flags) -> list[tuple[Reader, Request]]:
        """Ask within each module: quick, and what fails there fails in the whole."""

        def ask(pair: tuple[Reader, list[Request]]) -> list[tuple[Reader, Request]]:
            reader, requests = pair
            chance = np.random.default_rng(self.seed)
            return [(reader, each) for each in reader.audit(hidden, requests, chance)]

        return [pair for found in in_parallel(ask, self.modules) for pair in found]

    def ask_inside(self, hidden: Flags) -> list[Request]:
        """Find what a module cannot do alone, with all that it shares held still.

        What it can do alone, the whole can do: only the rest need be asked there.
        """
        shared = np.sum([r.position >= 0 for r, _ in self.modules], axis=0) > 1

        def ask(pair: tuple[Reader, list[Request]]) -> list[Request]:
            reader, requests = pair
            own = [request for request in requests if not shared[request.cell]]
            chance = np.random.default_rng(self.seed)
            return reader.audit(hidden, own, chance, shared)

        found = [each for some in in_parallel(ask, self.modules) for each in some]
        return found + [request for request in self.requests if shared[request.cell]]

    def ask_whole(self, hidden: Flags) -> list[tuple[Reader, Request]]:
        """Ask the readers of the whole, side by side, about what is not yet proven."""
        many = len(self.whole) > 1
        requests = self.ask_inside(hidden) if self.modules and many else self.requests
        shares = [
            requests[start :: len(self.whole)] for start in range(len(self.whole))
        ]

        def ask(pair: tuple[Reader, Sequence[Request]]) -> list[tuple[Reader, Request]]:
            reader, share = pair
            chance = np.random.default_rng(self.seed)
            return [(reader, each) for each in reader.audit(hidden, share, chance)]

        pairs = zip(self.whole, shares, strict=True)
        return [pair for found in in_parallel(ask, pairs) for pair in found]

    def ask_near(self, hidden: Flags, cell: int) -> list[tuple[Reader, Request]]:
        """Ask the readers of the modules in which a class stands."""
        near = [pair for pair in self.modules if pair[0].position[cell] >= 0]
        if not near:
            return self.ask(hidden)
        return [
            (reader, each)
            for reader, requests in near
            for each in reader.audit(hidden, requests, self.chance)
        ]

    def ask(
        self, hidden: Flags, unmet: Collection[Request] = ()
    ) -> list[tuple[Reader, Request]]:
        """Ask everybody, the quick ones first, until somebody cannot be met.

        Who was content is so again when more is hidden, and is not asked again then.
        What no hiding can meet is left out.
        """
        levels = (
            ("modules", self.ask_modules),
            ("whole", self.ask_whole),
            ("plain", self.ask_plain),
        )
        # A small whole is asked at once: what a module says of it comes too late.
        for name, ask in levels[0 if len(self.whole) > 1 else 1 :]:
            before = self.content.get(name)
            if before is not None and not (before & ~hidden).any():
                continue
            found = [pair for pair in ask(hidden) if pair[1] not in unmet]
            if found:
                self.asked_last = name
                return found
            self.content[name] = hidden.copy()
        return []

    def note_mended(self, hidden: Flags) -> None:
        """Note that everything that failed when last asked is met with these hidden."""
        self.content[self.asked_last] = hidden.copy()

    def ask_plain(self, hidden: Flags) -> list[tuple[Reader, Request]]:
        """Ask the one who does not know that zeros are shown."""
        if self.plain is None:
            return []
        failing = self.plain.audit(hidden, self.plain_requests, self.chance)
        return [(self.plain, request) for request in failing]


def list_inside(system: System, number: int) -> list[int]:
    """List the sums that lie wholly in one module."""
    return [
        position
        for position, members in enumerate(system.sums)
        if (system.module[members] == number).all()
    ]


def list_above(system: System) -> list[int]:
    """List the sums that tie modules together, and those among the same classes."""
    tying = [
        set(members.tolist())
        for members in system.sums
        if (own := set(system.module[members].tolist())) == {-1} or len(own) > 1
    ]
    above = set().union(*tying)
    return [
        position
        for position, members in enumerate(system.sums)
        if above.issuperset(members.tolist())
    ]


def find_cuts(
    hidden: Flags, failing: Sequence[tuple[Reader, Request]], ways: int = 1
) -> list[dict[int, float]]:
    """Find cuts for each failing request, the readers working side by side.

    With more ways than one, each leans on other shown cells, and gives other cuts.
    """
    by_reader: dict[int, list[tuple[Reader, Request]]] = {}
    for reader, request in failing:
        by_reader.setdefault(id(reader), []).append((reader, request))

    def work(group: list[tuple[Reader, Request]]) -> list[dict[int, float]]:
        cuts = []
        chance = np.random.default_rng(ways)
        for reader, request in group:
            for way in range(ways):
                lean = chance.uniform(0.1, 2.0, reader.width) if way else 1.0
                found = reader.find_cut(hidden, request, lean=LEANING * lean)
                if found is None:
                    break
                cells = np.flatnonzero(found)
                cuts.append({int(cell): float(found[cell]) for cell in cells})
        return cuts

    return [cut for cuts in in_parallel(work, by_reader.values()) for cut in cuts]


Guard = Callable[[Flags], Iterable[dict[int, float]]]


def hide(
    system: System,
    threshold: int,
    *,
    seconds: float,
    seed: int = 0,
    guard: Guard | None = None,
    extra: Iterable[dict[int, float]] = (),
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Hiding:
    """Choose what to hide so that the promise holds, as little as can be proven.

    `guard` is asked about a choice that keeps the promise, and gives cuts for what it
    still finds wrong with it (families who know a cell). `extra` are cuts that are
    known beforehand. Raises OutOfTimeError.
    """
    search = Search(system, threshold, seconds, seed, guard, tell)
    search.extra = list(extra)
    search.learn_all(search.extra)
    return search.run()


class Search:
    """One search: the chooser, the readers and the time that is left."""

    def __init__(
        self,
        system: System,
        threshold: int,
        seconds: float,
        seed: int,
        guard: Guard | None,
        tell: Callable[[Progress], None],
    ) -> None:
        self.system, self.seconds = system, seconds
        self.end = time.monotonic() + seconds
        self.guard, self.tell = guard, tell
        requests = list_requests(system, threshold)
        self.readers = Readers(system, requests, list_plain_requests(system), seed)
        self.asked = len(requests) + len(self.readers.plain_requests)
        self.chooser = Chooser(system)
        needs = {(request.cell, request.side): request.need for request in requests}
        for cut in list_cuts(system, needs):
            self.chooser.learn(cut)
        self.menders: dict[int, Mender] = {}
        self.full_patience = LARGE_PATIENCE if len(system) > LARGE else PATIENCE
        self.bound, self.patience = 0, self.full_patience
        self.unmet: set[Request] = set()
        self.extra: list[dict[int, float]] = []
        self.best: Flags = np.ones(len(system), bool)
        self.ways = 1 if len(system) > LARGE else WAYS

    def left(self) -> float:
        """Give the seconds that are left."""
        return self.end - time.monotonic()

    def run(self) -> Hiding:
        """Choose, ask and learn until nobody objects, or learning is worn out."""
        while True:
            hidden = self.choose()
            failing = self.ask(hidden, "checking")
            learned = self.learn_all(find_cuts(hidden, failing, self.ways))
            if len(self.system) <= LARGE:
                learned += self.learn_all(self.object_to(hidden))
            if failing and not self.is_worn(hidden, failing, learned):
                continue
            mended = self.mend_all(hidden, failing)
            objections = self.object_to(mended)
            if objections:
                learned += self.learn_all(objections)
                if (
                    learned
                    and self.patience > 0
                    and not self.is_close(mended, len(objections))
                ):
                    continue
                mended = self.answer_all(mended, objections)
            self.keep_best(mended)
            if self.is_close(self.best) or not learned or not self.goes_on():
                return self.finish(self.prune(hidden, self.best))

    def goes_on(self) -> bool:
        """Is it worth learning more? Worn out, it may still be while little time is gone."""
        gone = self.seconds - self.left()
        if self.patience <= 0 and gone < min(ENOUGH * self.seconds, MOST_EXTRA):
            self.patience = self.full_patience
        return self.patience > 0

    def keep_best(self, hidden: Flags) -> None:
        """Keep the choice that hides least, of those to which nobody objects."""
        if self.best.all() or self.weigh(hidden) < self.weigh(self.best):
            self.best = hidden

    def is_worn(self, hidden: Flags, failing: Sequence[object], learned: int) -> bool:
        """Is it better to mend what still fails than to learn more?"""
        few = len(failing) <= max(1.0, FEW_FAILING * self.weigh(hidden))
        if self.left() < LATE * self.seconds:
            self.patience = 0
        return few or not learned or self.patience <= 0

    def is_close(self, hidden: Flags, more: int = 0) -> bool:
        """Is this, with so many more, near enough to the proven minimum?"""
        close = LARGE_CLOSE if len(self.system) > LARGE else CLOSE
        return self.weigh(hidden) + more <= close * self.bound

    def choose(self) -> Flags:
        """Ask the integer programme."""
        if self.left() <= 0:
            raise OutOfTimeError
        seconds = max(min(self.left(), self.seconds * ONE_CHOICE), 0.1)
        gap = LARGE_GAP if len(self.system) > LARGE else GAP
        chosen = self.chooser.choose(seconds, gap)
        if chosen is None:
            raise OutOfTimeError
        hidden, bound = chosen
        found = int(np.ceil(bound - 1e-6))
        better = found > self.bound * BETTER
        self.patience = self.full_patience if better else self.patience - 1
        self.bound = max(self.bound, found)
        return hidden | self.system.hidden

    def ask(self, hidden: Flags, step: str) -> list[tuple[Reader, Request]]:
        """Ask the readers, leave out what no hiding can meet, and tell."""
        failing = self.readers.ask(hidden, self.unmet)
        proven = self.asked - len(failing)
        self.tell(Progress(proven, self.asked, self.weigh(hidden), self.bound, step))
        return failing

    def learn_all(self, cuts: Iterable[dict[int, float]]) -> int:
        """Take in cuts, and count those that were new."""
        return sum(self.chooser.learn(cut) for cut in cuts)

    def object_to(self, hidden: Flags) -> list[dict[int, float]]:
        """Ask the guard."""
        return list(self.guard(hidden)) if self.guard else []

    def mend_all(
        self, hidden: Flags, failing: Sequence[tuple[Reader, Request]]
    ) -> Flags:
        """Hide what still fails in the cheapest way, until every reader is content."""
        while failing:
            for reader, request in failing:
                hidden = self.mend_one(hidden, reader, request)
                if self.left() <= 0:
                    raise OutOfTimeError
            self.readers.note_mended(hidden)
            failing = self.ask(hidden, "mending")
            if failing and len(self.system) <= LARGE:
                self.learn_all(find_cuts(hidden, failing))
        return hidden

    def answer_all(self, hidden: Flags, objections: list[dict[int, float]]) -> Flags:
        """Hide what meets the most objections at a time, until there are none."""
        while objections:
            hidden = hidden.copy()
            while unmet := [cut for cut in objections if not hidden[list(cut)].any()]:
                counts = Counter(cell for cut in unmet for cell in cut)
                best = max(
                    sorted(counts),
                    key=lambda cell: (
                        counts[cell] / (1 + int(self.system.weights[cell]))
                    ),
                )
                hidden[best] = True
            hidden = self.mend_all(hidden, self.ask(hidden, "mending"))
            objections = self.object_to(hidden)
        return hidden

    def mend_one(self, hidden: Flags, reader: Reader, request: Request) -> Flags:
        """Mend one request, unless what was hidden since has met it."""
        if not reader.audit(hidden, [request], self.readers.chance):
            return hidden
        if id(reader) not in self.menders:
            self.menders[id(reader)] = Mender(reader)
        found = self.menders[id(reader)].mend(hidden, request)
        if found is None or (found == hidden).all():
            # Not even hiding everything would do.
            self.unmet.add(request)
            return hidden
        return found

    def prune(self, before: Flags, mended: Flags) -> Flags:
        """Show again what was hidden in mending and is not needed after all.

        In a large system each cell is tried with the readers of its own module. What
        the others find at the end is mended, and the lighter choice is taken.
        """
        hidden = mended
        large = len(self.system) > LARGE
        for cell in np.flatnonzero(mended & ~before):
            if self.is_close(hidden) or self.left() < LATE / 2 * self.seconds:
                break
            tried = hidden.copy()
            tried[cell] = False
            if any(cell in cut for cut in self.extra):
                continue
            found = (
                self.readers.ask_near(tried, int(cell))
                if large
                else self.readers.ask(tried)
            )
            if all(request in self.unmet for _, request in found):
                hidden = tried
        if hidden is mended:
            return mended
        try:
            hidden = self.mend_all(hidden, self.ask(hidden, "pruning"))
            hidden = self.answer_all(hidden, self.object_to(hidden))
        except OutOfTimeError:
            return mended
        return min((hidden, mended), key=self.weigh)

    def weigh(self, hidden: Flags) -> int:
        """Count the published cells that are hidden."""
        return int(self.system.weights[hidden].sum())

    def finish(self, hidden: Flags) -> Hiding:
        """Give the answer; the bound can never be above it."""
        weight = self.weigh(hidden)
        unmet = tuple(sorted(self.unmet))
        return Hiding(hidden, min(self.bound, weight), weight, unmet)
