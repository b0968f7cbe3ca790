"""Hide figures of a table of any number of dimensions so that nobody can compute them back.

A cube has a tree of places, chains or groups in each dimension, and a figure at every
crossing that is published. Three things are held:

1. No figure is shown of too few, or of a few of whom one has most (the rule refuses it).
2. What is hidden under a shown total follows from it together; so together it must be a
   figure that might be shown. Otherwise one shop subtracts itself and reads the other.
3. With every shown figure and total, a reader must not be able to conclude a hidden one
   within its protection: the least and the most that it can be are found by linear
   programming over all sums at once, which is what an attacker would do.

Hiding more only widens those bounds, so the search ends.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

Key = tuple[str, ...]
Tree = Mapping[str, str]
Keys = dict[Key, None]  # in order of hiding
TOLERANCE = 1e-6


class CubeRefused(ValueError):
    """A cube with a negative figure, a key of another length, or a total that is no sum."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as a whole number, and what each enterprise put in; `by` adds up to a size.

    For people the figure is a head count and `by` holds hours or heads by employer.
    """

    amount: int
    by: Mapping[int, int]

    @property
    def is_nothing(self) -> bool:
        """Whether nobody and nothing is behind it."""
        return not self.amount and not any(self.by.values())


@dataclass(frozen=True, slots=True)
class Rule:
    """When a figure may be shown: a least amount, contributors, and no one with most of it."""

    least_amount: int
    least_contributors: int
    most_share: Decimal
    protection_permille: int = 0

    def allows(self, entry: Entry) -> bool:
        """Tell whether a figure may be shown by itself; nothing at all may."""
        if entry.is_nothing:
            return True
        sizes = [size for size in entry.by.values() if size]
        if entry.amount < self.least_amount or len(sizes) < self.least_contributors:
            return False
        return max(sizes, default=0) <= self.most_share * sum(sizes)

    def protection(self, entry: Entry) -> int:
        """Return how wide the bounds of a hidden figure must be at least."""
        part = -(-entry.amount * self.protection_permille // 1000)
        return max(self.least_amount, part, 1)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the figures that add up to it."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """Everything in this sum, the total first."""
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Cube:
    """Figures by key; `trees` name the parent of each coordinate, one tree a dimension.

    A key that is not there is known to be nothing. ``groups`` are the dimensions whose
    coordinates say something of people: there a whole group in one cell is hidden.
    """

    entries: Mapping[Key, Entry]
    trees: Sequence[Tree]
    groups: Collection[int] = field(default=())

    def __post_init__(self) -> None:
        for key, entry in self.entries.items():
            if len(key) != len(self.trees) or entry.amount < 0:
                raise CubeRefused(f"{key}: {entry.amount}")
        for one in self.sums:
            if sum(self.amount(key) for key in one.parts) != self.amount(one.total):
                raise CubeRefused(f"{one.total} is not the sum of its parts")

    def amount(self, key: Key) -> int:
        """Return a figure."""
        return self.entries[key].amount

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Every total with its parts, along each dimension."""
        parts: dict[tuple[int, Key], list[Key]] = defaultdict(list)
        for key in self.entries:
            for dimension, tree in enumerate(self.trees):
                parent = tree.get(key[dimension])
                if parent is not None:
                    total = (*key[:dimension], parent, *key[dimension + 1 :])
                    parts[dimension, total].append(key)
        return tuple(
            Sum(total, tuple(sorted(keys)))
            for (_dimension, total), keys in sorted(parts.items())
            if total in self.entries
        )

    @cached_property
    def sums_of(self) -> Mapping[Key, tuple[Sum, ...]]:
        """The sums that each key stands in."""
        found: dict[Key, list[Sum]] = defaultdict(list)
        for one in reversed(self.sums):
            for key in one.keys:
                found[key].append(one)
        return {key: tuple(sums) for key, sums in found.items()}

    @cached_property
    def whole_groups(self) -> frozenset[Key]:
        """Keys of lines over groups in which everybody is in one cell, its zeros too."""
        found: set[Key] = set()
        for one in self.sums:
            differing = [
                d for d, (a, b) in enumerate(zip(one.total, one.parts[0], strict=True)) if a != b
            ]
            counts = [self.amount(key) for key in one.parts]
            if differing[0] in self.groups and len(counts) > 1 and 0 < sum(counts) == max(counts):
                found.update(one.parts)
        return frozenset(found)

    def union(self, keys: Collection[Key]) -> Entry:
        """Return the figure of several keys together."""
        by: dict[int, int] = defaultdict(int)
        for key in keys:
            for who, size in self.entries[key].by.items():
                by[who] += size
        return Entry(sum(self.amount(key) for key in keys), by)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden of a cube: by the rule itself, and so that nothing can be computed."""

    primary: frozenset[Key]
    complementary: frozenset[Key]

    @property
    def keys(self) -> frozenset[Key]:
        """Everything that is hidden."""
        return self.primary | self.complementary


def hide(cube: Cube, rule: Rule, *, also: Collection[Key] = ()) -> Hidden:
    """Choose what to hide; ``also`` was hidden in an earlier release and stays so."""
    primary = {key for key, entry in cube.entries.items() if not rule.allows(entry)}
    primary |= cube.whole_groups | {key for key in also if key in cube.entries}
    hidden = dict.fromkeys(sorted(primary))
    firm: set[Key] = set()
    while _hide_by_union(cube, rule, hidden) or _hide_by_attack(cube, rule, hidden, firm):
        pass
    return Hidden(frozenset(primary), frozenset(hidden.keys() - primary))


def bounds(cube: Cube, hidden: Collection[Key], key: Key) -> tuple[float, float]:
    """Return the least and the most that a hidden figure can be, for a reader of all others."""
    attack = Attack.on(cube, frozenset(hidden), key)
    least, most = (attack.solve(key, lowest=lowest) for lowest in (True, False))
    place = attack.columns[key]
    return (0.0 if least is None else least[place]), (float("inf") if most is None else most[place])


@dataclass(frozen=True)
class Attack:
    """The equations that a reader can write down about hidden figures that hang together."""

    columns: Mapping[Key, int]
    left: Any
    right: Sequence[int]

    @classmethod
    def on(cls, cube: Cube, hidden: Collection[Key], start: Key) -> "Attack":
        """Gather every sum that this figure reaches through hidden ones."""
        columns = {start: 0}
        sums: dict[Sum, None] = {}
        waiting = [start]
        while waiting:
            for one in cube.sums_of.get(waiting.pop(), ()):
                sums[one] = None
                for key in one.keys:
                    if key in hidden and key not in columns:
                        columns[key] = len(columns)
                        waiting.append(key)
        signs, places, right = [], [], []
        for row, one in enumerate(sums):
            known = 0
            for key in one.keys:
                sign = -1 if key == one.total else 1
                if key in columns:
                    signs.append(sign)
                    places.append((row, columns[key]))
                else:
                    known += sign * cube.amount(key)
            right.append(-known)
        from scipy.sparse import csr_array  # heavy, and only a release needs it

        left = csr_array((signs, tuple(zip(*places, strict=True)))) if sums else None
        return cls(columns, left, right)

    def solve(self, key: Key, *, lowest: bool) -> Sequence[float] | None:
        """Return hidden figures that agree with all shown ones and have this one at its end.

        None where nothing holds it up.
        """
        from scipy.optimize import linprog  # heavy, and only a release needs it

        goal = [0] * len(self.columns)
        goal[self.columns[key]] = 1 if lowest else -1
        right = self.right if self.left is not None else None
        found = linprog(goal, A_eq=self.left, b_eq=right, bounds=(0, None), method="highs")
        return None if found.x is None else [float(value) for value in found.x]


def _hide_by_union(cube: Cube, rule: Rule, hidden: Keys) -> bool:
    """Hide more where a shown total gives its hidden parts away together, or a part alone."""
    before = len(hidden)
    waiting = deque(hidden)
    while waiting:
        for one in cube.sums_of.get(waiting.popleft(), ()):
            while extra := _missing(cube, rule, one, hidden):
                hidden[extra] = None
                waiting.append(extra)
    return len(hidden) > before


def _missing(cube: Cube, rule: Rule, one: Sum, hidden: Keys) -> Key | None:
    """Return what else must be hidden in a sum, None when it gives nothing away."""
    parts = [key for key in one.parts if key in hidden]
    if one.total in hidden:
        is_open = not parts and not cube.entries[one.total].is_nothing
        return _smallest(cube, one.parts, hidden) if is_open else None
    if not parts or (len(parts) > 1 and rule.allows(cube.union(parts))):
        return None
    return _smallest(cube, one.parts, hidden) or one.total


def _hide_by_attack(cube: Cube, rule: Rule, hidden: Keys, firm: set[Key]) -> bool:
    """Hide more beside the first figure that can be concluded too closely.

    `firm` keeps what was found wide enough: hiding more never narrows it.
    """
    while left := sorted(hidden.keys() - firm):
        attack = Attack.on(cube, hidden, left[0])
        for key in _list_weak(cube, rule, attack, firm):
            extra = _beside(cube, key, hidden)
            if extra is not None:
                hidden[extra] = None
                return True
            firm.add(key)
    return False


def _list_weak(cube: Cube, rule: Rule, attack: Attack, firm: set[Key]) -> Iterator[Key]:
    """Yield the figures whose bounds are too narrow; the others become firm.

    Every answer is a table that a reader must hold possible, so it widens the bounds of
    all figures at once, and most need no question of their own.
    """
    keys = list(attack.columns)
    low = [float(cube.amount(key)) for key in keys]
    high = list(low)
    for key in sorted(set(keys) - firm):
        place = attack.columns[key]
        least = rule.protection(cube.entries[key]) - TOLERANCE
        for lowest in (False, True):
            if high[place] - low[place] >= least:
                break
            answer = attack.solve(key, lowest=lowest)
            if answer is None:
                high[place] = float("inf")
            else:
                low = list(map(min, low, answer))
                high = list(map(max, high, answer))
        if high[place] - low[place] >= least:
            firm.add(key)
        else:
            yield key


def _beside(cube: Cube, key: Key, hidden: Keys) -> Key | None:
    """Return what to hide beside a figure: in its own sums, parts before totals, or anywhere."""
    sums = cube.sums_of.get(key, ())
    parts = [other for one in sums for other in one.parts]
    totals = [one.total for one in sums]
    return (
        _smallest(cube, parts, hidden)
        or _smallest(cube, totals, hidden)
        or min((other for other in parts if other not in hidden), default=None)
        or _smallest(cube, cube.entries, hidden)
    )


def _smallest(cube: Cube, keys: Collection[Key], hidden: Collection[Key]) -> Key | None:
    """Return the smallest shown figure that is something, None when there is none."""
    free = [(cube.amount(key), key) for key in keys if key not in hidden and cube.amount(key)]
    return min(free)[1] if free else None
