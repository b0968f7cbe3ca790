"""What a measure of the monitor is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ketens.domain.monitor.parts import Amount, Parts, Share
from ketens.domain.uncertainty import Lognormal

Factors = Mapping[str, Lognormal]
Compute = Callable[[Parts, Factors], Amount | None]


class Better(StrEnum):
    """Which way is an improvement."""

    LOWER = "lower"
    HIGHER = "higher"
    NEUTRAL = "neutral"


class MeasureGroup(StrEnum):
    """What a measure is about."""

    WASTE = "waste"
    CLIMATE = "climate"
    TRANSPORT = "transport"
    WORK = "work"
    ECONOMY = "economy"
    VILLAGES = "villages"


class Guard(StrEnum):
    """What must be hidden before the public reads a measure (METHOD.md, Disclosure).

    A guard names the family whose members are the enterprises behind a number.
    """

    NONE = ""
    MONEY = "turnover_by_enterprise"
    LOCAL_MONEY = "own_municipality_by_enterprise"
    WORK = "minutes_by_employer"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class SdgTarget:
    """A target by its official code, with the code that the agenda prints for it."""

    official: str
    agenda: str = ""


@dataclass(frozen=True, slots=True)
class MonitorMeasure:
    """One row of the registry. `compute` returns None for what is not known, never 0.

    `numbers` and `families` are the parts that it reads; `factor_list` names the list of
    factors that it multiplies with, whose newest version is taken. What does not add up,
    an average or a count of who took part, has no sum over quarters.
    """

    code: str
    label_nl: str
    label_en: str
    meaning_nl: str
    meaning_en: str
    unit: str
    group: MeasureGroup
    better: Better
    compute: Compute
    numbers: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    coverage: Share | None = None
    primary: Share | None = None
    sdg: tuple[SdgTarget, ...] = ()
    guard: Guard = Guard.NONE
    factor_list: str = ""
    is_public: bool = True
    is_by_chain: bool = True
    is_by_group: bool = True
    is_from_releases: bool = False
    adds_up: bool = True

    @property
    def slug(self) -> str:
        """Its Dutch name as a part of an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.label_nl.lower()).strip("-")

    @property
    def is_about_people(self) -> bool:
        """Whether it counts work of people distant from the labour market."""
        return self.guard in (Guard.WORK, Guard.PEOPLE)

    @property
    def needed_numbers(self) -> tuple[str, ...]:
        """Every number that the figure and its two shares are made of."""
        shares = [share for share in (self.coverage, self.primary) if share is not None]
        both = [name for share in shares for name in (share.part, share.whole)]
        return tuple(dict.fromkeys([*self.numbers, *both]))
