"""Hide cells of a table of people so that nobody can compute them back.

A cell that is too small is hidden (primary). A line with a total and one hidden cell
gives that cell away, so another one is hidden too (complementary). Then every hidden
cell is attacked: with all published cells and totals, between which values must it lie?
That is a largest flow along the hidden cells and therefore exact. Where it lies within
too narrow bounds, more is hidden; where hiding everything is not enough, so are totals.
"""

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
Counts = Sequence[Sequence[int]]


class TableRefused(ValueError):
    """A table that is ragged, empty or holds a negative count."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Which cells of a table are hidden, by row and column, in order of hiding."""

    primary: tuple[Cell, ...]
    complementary: tuple[Cell, ...]
    are_totals_kept: bool = True

    @property
    def hidden(self) -> frozenset[Cell]:
        """Every hidden cell."""
        return frozenset(self.primary + self.complementary)


def suppress_line(
    counts: Sequence[int], *, threshold: int, also: Collection[int] = ()
) -> frozenset[int] | None:
    """Return which cells of one line are hidden so that its total may be published.

    Whoever knows the total knows the sum of what is hidden, so at least two cells are
    hidden and together they hold the threshold; the smallest go first. None when hiding
    is not enough and the total must go too.

    :raises TableRefused: when there is nothing, or a negative count.
    """
    if not counts or min(counts) < 0:
        raise TableRefused("a line holds counts of nought or more")
    hidden = {index for index, count in enumerate(counts) if 0 < count < threshold or index in also}
    while hidden and (len(hidden) == 1 or sum(counts[index] for index in hidden) < threshold):
        rest = [
            (count, index) for index, count in enumerate(counts) if count and index not in hidden
        ]
        if not rest:
            return None
        hidden.add(min(rest)[1])
    return frozenset(hidden)


def suppress(
    counts: Counts, *, threshold: int, also: Collection[Cell] = (), protection: int | None = None
) -> Suppressed:
    """Hide cells of a table whose row and column totals are published.

    ``also`` are cells that must be hidden for another reason: dominance, too few
    employers, or because an earlier release hid them. ``protection`` is the least width
    of the bounds of a hidden cell, the threshold when left out.

    :raises TableRefused: when the table is no table of counts.
    """
    _check(counts)
    primary = tuple(
        (row, column)
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
        if 0 < count < threshold or (row, column) in also
    )
    order = _complete_lines(counts, list(primary))
    least = threshold if protection is None else protection
    while weak := [cell for cell in order if _width(counts, order, cell) < least]:
        extra = _next_smallest(counts, order, weak[0])
        if extra is None:
            return Suppressed(primary, tuple(order[len(primary) :]), are_totals_kept=False)
        order = _complete_lines(counts, [*order, extra])
    return Suppressed(primary, tuple(order[len(primary) :]))


def bounds(counts: Counts, hidden: Collection[Cell], cell: Cell) -> tuple[int, int]:
    """Return the least and most that a reader of all published numbers can conclude."""
    count = counts[cell[0]][cell[1]]
    edges = _exchanges(counts, hidden, cell)
    row, column = ("row", cell[0]), ("column", cell[1])
    most_up = _largest_flow(edges, column, row, limit=None)
    most_down = _largest_flow(edges, row, column, limit=count)
    return count - most_down, count + most_up


Node = tuple[str, int]
Edges = dict[Node, dict[Node, int]]


def _complete_lines(counts: Counts, order: list[Cell]) -> list[Cell]:
    """Give every line with one hidden cell a second: the smallest that is not zero."""
    order = list(order)
    for cell in order:  # grows while it is walked
        for line in (_row_of(counts, cell), _column_of(counts, cell)):
            if sum(one in order for one in line) == 1:
                free = [one for one in line if one not in order and counts[one[0]][one[1]]]
                if free:
                    order.append(min(free, key=lambda one: counts[one[0]][one[1]]))
    return order


def _row_of(counts: Counts, cell: Cell) -> list[Cell]:
    return [(cell[0], column) for column in range(len(counts[0]))]


def _column_of(counts: Counts, cell: Cell) -> list[Cell]:
    return [(row, cell[1]) for row in range(len(counts))]


def _next_smallest(counts: Counts, order: list[Cell], weak: Cell) -> Cell | None:
    """Choose what to hide next for a weak cell: in its own lines first, zeros last."""
    own = set(_row_of(counts, weak)) | set(_column_of(counts, weak))
    free = [
        (cell not in own, count == 0, count, cell)
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
        if (cell := (row, column)) not in order
    ]
    return min(free)[3] if free else None


def _width(counts: Counts, hidden: Collection[Cell], cell: Cell) -> int:
    low, high = bounds(counts, hidden, cell)
    return high - low


def _exchanges(counts: Counts, hidden: Collection[Cell], without: Cell) -> Edges:
    """What hidden cells may lend each other while all totals stay: down to 0, up at will."""
    everything = sum(map(sum, counts))
    edges: Edges = {}
    for row, column in hidden:
        if (row, column) == without:
            continue
        one, other = ("row", row), ("column", column)
        edges.setdefault(other, {})[one] = counts[row][column]
        edges.setdefault(one, {})[other] = everything
    return edges


def _largest_flow(edges: Edges, source: Node, sink: Node, *, limit: int | None) -> int:
    """Return the largest flow by shortest augmenting paths (Edmonds and Karp 1972)."""
    rest = {node: dict(out) for node, out in edges.items()}
    total = 0
    while limit is None or total < limit:
        path = _shortest_path(rest, source, sink)
        if path is None:
            break
        step = min(rest[one][other] for one, other in path)
        step = step if limit is None else min(step, limit - total)
        for one, other in path:
            rest[one][other] -= step
            back = rest.setdefault(other, {})
            back[one] = back.get(one, 0) + step
        total += step
    return total


def _shortest_path(rest: Edges, source: Node, sink: Node) -> list[tuple[Node, Node]] | None:
    came_from: dict[Node, Node] = {source: source}
    queue = deque([source])
    while queue and sink not in came_from:
        node = queue.popleft()
        for other, capacity in rest.get(node, {}).items():
            if capacity > 0 and other not in came_from:
                came_from[other] = node
                queue.append(other)
    if sink not in came_from:
        return None
    path = []
    node = sink
    while node != source:
        path.append((came_from[node], node))
        node = came_from[node]
    return path[::-1]


def _check(counts: Counts) -> None:
    if not counts or not counts[0]:
        raise TableRefused("a table has rows and columns")
    if any(len(line) != len(counts[0]) for line in counts):
        raise TableRefused("every row has the same columns")
    if any(count < 0 for line in counts for count in line):
        raise TableRefused("a count is never negative")
