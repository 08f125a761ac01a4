"""What a release publishes: its dimensions, its tables, and who counts as few.

A design is fixed before anything is counted, and audited whole. There are no filters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

TOTAL_LABEL = "*"
DEFAULT_THRESHOLD, LOWEST_THRESHOLD, MOST_THRESHOLD = 10, 5, 10_000

Key = tuple[str, ...]


class DesignError(ValueError):
    """A design or counts that cannot be released, with what to do about it."""


@dataclass(frozen=True)
class Design:
    """Dimensions (each a list of columns, coarse to fine) and tables of them.

    >>> design = Design({"place": ("district", "school"), "what": ("kind",)},
    ...                 (("place", "what"),))
    >>> design.columns
    ('district', 'school', 'kind')
    """

    dimensions: Mapping[str, tuple[str, ...]]
    tables: tuple[tuple[str, ...], ...]
    threshold: int = DEFAULT_THRESHOLD
    pool: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be a design."""
        self.check_threshold()
        self.check_names()

    def check_threshold(self) -> None:
        """Refuse a threshold below the floor that nothing lowers."""
        whole = isinstance(self.threshold, int) and not isinstance(self.threshold, bool)
        if not whole or not LOWEST_THRESHOLD <= self.threshold <= MOST_THRESHOLD:
            raise DesignError(
                f"threshold is {self.threshold!r}; it must be a whole number of at "
                f"least {LOWEST_THRESHOLD}, which no setting can lower, and at most {MOST_THRESHOLD:,}"
            )

    def check_names(self) -> None:
        """Refuse missing or repeated names."""
        if not self.dimensions or not all(self.dimensions.values()):
            raise DesignError("[dimensions] must name at least one column each")
        if len(set(self.columns)) != len(self.columns):
            raise DesignError("a column may stand in one dimension only, and once")
        if not self.tables or not all(self.tables):
            raise DesignError("tables must list at least one dimension each")
        for table in self.tables:
            unknown = [name for name in table if name not in self.dimensions]
            if unknown or len(set(table)) != len(table):
                known = ", ".join(self.dimensions)
                raise DesignError(
                    f"table {list(table)} must name dimensions once each; known: {known}"
                )
        unknown = [name for name in self.pool if name not in self.dimensions]
        if unknown:
            raise DesignError(f"pool names no dimension: {', '.join(unknown)}")

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns of all dimensions, in order."""
        return tuple(column for each in self.dimensions.values() for column in each)

    def coarsen(self) -> "Design | None":
        """Give the design without the finest column of its deepest dimension."""
        deepest = max(self.dimensions, key=lambda name: len(self.dimensions[name]))
        dimensions = dict(self.dimensions)
        if len(dimensions[deepest]) > 1:
            dimensions[deepest] = dimensions[deepest][:-1]
            return Design(dimensions, self.tables, self.threshold, self.pool)
        widest = max(self.tables, key=len)
        if len(widest) < 2:
            return None
        dropped = widest[-1]
        tables = tuple(
            dict.fromkeys(
                kept
                for table in self.tables
                for kept in [tuple(name for name in table if name != dropped)]
                if kept
            )
        )
        left = {
            name: columns for name, columns in dimensions.items() if name != dropped
        }
        pool = tuple(name for name in self.pool if name != dropped)
        return Design(left, tables, self.threshold, pool)


@dataclass(frozen=True)
class Layout:
    """The published keys of a design, and the sums among them.

    `keys` has a label or `*` for every column; `sums` hold positions, a total first.
    Keys from `published` on lie inside: they tie tables together and are never shown.
    """

    keys: tuple[Key, ...]
    sums: tuple[tuple[int, ...], ...]
    published: int
    position: Mapping[Key, int] = field(repr=False)


def lay_out(design: Design, leaves: Sequence[Key], *, atoms: bool = False) -> Layout:
    """Lay out every cell of every table, and all sums among them.

    >>> design = Design({"a": ("x",), "b": ("y",)}, (("a", "b"),))
    >>> lay_out(design, [("p", "q"), ("r", "q")]).keys[:2]
    (('p', 'q'), ('p', '*'))
    """
    nodes = {name: list_nodes(design, name, leaves) for name in design.dimensions}
    children = {
        name: {node: find_children(node, found) for node in found}
        for name, found in nodes.items()
    }
    position: dict[Key, int] = {}
    sums: dict[tuple[int, ...], None] = {}
    for table in design.tables:
        for parts in product(*(nodes[name] for name in table)):
            key = join(design, dict(zip(table, parts, strict=True)))
            position.setdefault(key, len(position))
    for table in design.tables:
        for parts in product(*(nodes[name] for name in table)):
            chosen = dict(zip(table, parts, strict=True))
            for name in table:
                below = children[name][chosen[name]]
                if below:
                    members = [chosen, *({**chosen, name: child} for child in below)]
                    keys = [join(design, each) for each in members]
                    sums[tuple(position[key] for key in keys)] = None
    published = len(position)
    if atoms or not is_tree_like([set(table) for table in design.tables]):
        tie_tables(design, nodes, position, sums)
    return Layout(tuple(position), tuple(sums), published, position)


def list_nodes(design: Design, name: str, leaves: Sequence[Key]) -> list[Key]:
    """List the labels of a dimension at every level, the finest first, `*` filled in."""
    columns = design.columns
    where = [columns.index(column) for column in design.dimensions[name]]
    finest = dict.fromkeys(tuple(leaf[at] for at in where) for leaf in leaves)
    depth = len(where)
    found: dict[Key, None] = {}
    for level in range(depth, -1, -1):
        for label in finest:
            found[(*label[:level], *[TOTAL_LABEL] * (depth - level))] = None
    return list(found)


def find_children(node: Key, nodes: Sequence[Key]) -> list[Key]:
    """Find the labels one level below; none below the finest."""
    level = node.index(TOTAL_LABEL) if TOTAL_LABEL in node else len(node)
    if level == len(node):
        return []
    return [
        other
        for other in nodes
        if other[:level] == node[:level]
        and other[level] != TOTAL_LABEL
        and all(label == TOTAL_LABEL for label in other[level + 1 :])
    ]


def join(design: Design, chosen: Mapping[str, Key]) -> Key:
    """Join the labels of some dimensions to a key; the others are totals."""
    return tuple(
        label
        for name, columns in design.dimensions.items()
        for label in chosen.get(name, (TOTAL_LABEL,) * len(columns))
    )


def is_tree_like(tables: Sequence[set[str]]) -> bool:
    """Do tables that agree where they overlap always come from one cube?

    So it is where tables can be taken away one by one, each sharing what it shares
    with a single other one (Graham's reduction). Otherwise the cube itself must be
    looked at: three tables of pairs can agree in pairs and fit no cube.

    >>> is_tree_like([{"a", "b"}, {"a", "c"}])
    True
    >>> is_tree_like([{"a", "b"}, {"b", "c"}, {"a", "c"}])
    False
    """
    left = [set(table) for table in tables]
    changed = True
    while changed and len(left) > 1:
        changed = False
        for table in left:
            others = [other for other in left if other is not table]
            shared = table & set().union(*others)
            if any(shared <= other for other in others):
                left = others
                changed = True
                break
    return len(left) == 1


def tie_tables(
    design: Design,
    nodes: Mapping[str, Sequence[Key]],
    position: dict[Key, int],
    sums: dict[tuple[int, ...], None],
) -> None:
    """Put the cube that all tables come from beneath them."""
    used = [name for name in design.dimensions if any(name in t for t in design.tables)]
    finest = {
        name: [node for node in nodes[name] if TOTAL_LABEL not in node] for name in used
    }
    parts: dict[int, list[int]] = {}
    for labels in product(*(finest[name] for name in used)):
        chosen = dict(zip(used, labels, strict=True))
        atom = position.setdefault(join(design, chosen), len(position))
        for table in design.tables:
            cell = position[join(design, {name: chosen[name] for name in table})]
            if cell != atom:
                parts.setdefault(cell, []).append(atom)
    for cell, atoms in parts.items():
        sums[(cell, *atoms)] = None
