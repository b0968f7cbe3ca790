"""The movement of the agenda: who leads, who follows, and the peloton behind them.

The place of an enterprise on a day follows from dated facts alone:

- *leader* (koploper): says that impact comes first or second, and measures it: on level
  three or higher of the Impactpad, or with own counts in the books in at least two months
  of the last twelve.
- *follower* (volger): has a stated aim, or takes part in a running chain, or counts, but
  is no leader.
- *peloton*: is registered, and none of that.

The agenda's head group is about the aim alone (bijlage 2). Measuring is asked here too,
because the same agenda wants impact that is "echt waar gemaakt".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AIMS = ("impact_first", "impact_second")
MEASURES_FROM_LEVEL = 3
MEASURES_FROM_MONTHS = 2
MONTHS_LOOKED_AT = 12


class Place(StrEnum):
    """Where an enterprise rides."""

    LEADER = "leader"
    FOLLOWER = "follower"
    PELOTON = "peloton"


class Fact(StrEnum):
    """What can move an enterprise."""

    STANCE = "stance"
    CHAINS = "chains"
    LEVEL = "level"
    MONTHS = "months"
    ARRIVED = "arrived"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one enterprise on one day; `level` is None when nobody said it."""

    stance: str
    chains: tuple[str, ...] = ()
    level: int | None = None
    months: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is different now, as it was and as it is."""

    fact: Fact
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move:
    """One enterprise that changed place, with the facts that changed."""

    enterprise_id: int
    before: Place | None
    after: Place | None
    changes: tuple[Change, ...]

    @property
    def is_forward(self) -> bool:
        """Tell whether it moved to the front."""
        return _rank(self.after) > _rank(self.before)


def has_aim(facts: Facts) -> bool:
    """Tell whether impact comes first or second."""
    return facts.stance in AIMS


def does_measure(facts: Facts) -> bool:
    """Tell whether impact is measured: by level, or by own counts in the books."""
    by_level = facts.level is not None and facts.level >= MEASURES_FROM_LEVEL
    return by_level or facts.months >= MEASURES_FROM_MONTHS


def find_place(facts: Facts) -> Place:
    """Return the place that the facts give."""
    if has_aim(facts) and does_measure(facts):
        return Place.LEADER
    if has_aim(facts) or facts.chains or does_measure(facts):
        return Place.FOLLOWER
    return Place.PELOTON


def find_changes(before: Facts, after: Facts) -> tuple[Change, ...]:
    """Return which facts differ, in a fixed order."""
    pairs = (
        (Fact.STANCE, before.stance, after.stance),
        (Fact.CHAINS, ", ".join(before.chains), ", ".join(after.chains)),
        (Fact.LEVEL, _text(before.level), _text(after.level)),
        (Fact.MONTHS, str(before.months), str(after.months)),
    )
    return tuple(Change(fact, old, new) for fact, old, new in pairs if old != new)


def find_moves(before: Mapping[int, Facts], after: Mapping[int, Facts]) -> tuple[Move, ...]:
    """Return who changed place, who came and who left, by number of the enterprise."""
    moves = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            changes: tuple[Change, ...] = (Change(Fact.ARRIVED, "", new.stance),)
            moves.append(Move(key, None, find_place(new), changes))
        elif new is None and old is not None:
            moves.append(Move(key, find_place(old), None, (Change(Fact.LEFT, old.stance, ""),)))
        elif old is not None and new is not None and find_place(old) != find_place(new):
            changes = find_changes(old, new)
            moves.append(Move(key, find_place(old), find_place(new), changes))
    return tuple(moves)


def count_places(facts: Mapping[int, Facts]) -> dict[Place, int]:
    """Return how many ride where; every enterprise is counted once."""
    counts = dict.fromkeys(Place, 0)
    for one in facts.values():
        counts[find_place(one)] += 1
    return counts


def quarter_of(day: date) -> date:
    """Return the first day of the quarter in which a day lies."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarters_between(first_day: date, today: date) -> tuple[date, ...]:
    """Return the quarters that are over, from the one in which `first_day` lies."""
    found = []
    quarter = quarter_of(first_day)
    while next_quarter(quarter) <= today:
        found.append(quarter)
        quarter = next_quarter(quarter)
    return tuple(found)


def next_quarter(quarter: date) -> date:
    """Return the first day of the next quarter."""
    year, month = divmod(quarter.year * 12 + quarter.month - 1 + 3, 12)
    return date(year, month + 1, 1)


def _rank(place: Place | None) -> int:
    order: dict[Place | None, int] = {Place.PELOTON: 1, Place.FOLLOWER: 2, Place.LEADER: 3}
    return order.get(place, 0)


def _text(level: int | None) -> str:
    return "" if level is None else str(level)
