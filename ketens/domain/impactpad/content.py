"""What a pad holds, and how it becomes JSON and comes back unchanged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Told = TypeVar("Told")


class Section(StrEnum):
    """The parts of a pad that are edited apart; each is a field of `Pad`."""

    MISSION = "mission"
    GOALS = "goals"
    STEPS = "steps"
    LINKS = "links"
    INDICATORS = "indicators"
    ROUNDS = "rounds"
    COMPARISON = "comparison"
    VALUATION = "valuation"


class Kind(StrEnum):
    """What a step of a theory of change is, in the order in which one leads to the next."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class Feed(StrEnum):
    """What the books measure by themselves; no value of these is ever typed."""

    WORK_HOURS = "work_hours"
    CHAIN_GOODS = "chain_goods"
    CHAIN_TURNOVER = "chain_turnover"
    TRACED_SHARE = "traced_share"
    RUNG_1 = "rung_1"
    RUNG_2 = "rung_2"
    RUNG_3 = "rung_3"
    RUNG_4 = "rung_4"
    RUNG_5 = "rung_5"
    RUNG_6 = "rung_6"
    RUNG_7 = "rung_7"
    RUNG_8 = "rung_8"
    RUNG_9 = "rung_9"
    RUNG_10 = "rung_10"

    @property
    def rung(self) -> int | None:
        """The rung of Moerman that this feed weighs."""
        head, _line, tail = self.value.partition("_")
        return int(tail) if head == "rung" else None


@dataclass(frozen=True, slots=True)
class Mission:
    """Why the enterprise does this; `stance` is a value of the register's."""

    mission: str = ""
    problem: str = ""
    target_group: str = ""
    stance: str = ""
    stance_reason: str = ""
    uncertainty: str = ""
    report_url: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """One impact goal with the official code of its SDG target and its indicator's key."""

    key: str
    text: str
    target: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One node of the theory of change."""

    key: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """One step leads to another, by an assumption; `grade` is 1 opinion up to 4 comparison."""

    tail: str
    head: str
    assumption: str = ""
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured; `feed` is empty where people measure it themselves."""

    key: str
    name: str
    unit: str = ""
    source: str = ""
    frequency: str = "quarter"
    feed: str = ""
    is_about_people: bool = False
    baseline: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One measurement; `n` were asked or looked at, `response` of them answered."""

    indicator: str
    day: date
    value: Decimal
    n: int | None = None
    response: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would have happened anyway: `without` is the indicator's value there."""

    kind: str = ""
    indicator: str = ""
    how: str = ""
    source: str = ""
    without: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """One outcome in euros; the four reductions are shares from 0 to 1."""

    indicator: str = ""
    what: str = ""
    count: Decimal | None = None
    proxy_euro: Decimal | None = None
    proxy_source: str = ""
    proxy_date: date | None = None
    deadweight: Decimal | None = None
    displacement: Decimal | None = None
    attribution_to_others: Decimal | None = None
    drop_off: Decimal | None = None
    years: int | None = None
    discount_rate: Decimal | None = None
    input_euro: Decimal | None = None
    input_source: str = ""


@dataclass(frozen=True, slots=True)
class Pad:
    """Everything that an enterprise wrote, in one value."""

    mission: Mission = field(default_factory=Mission)
    goals: tuple[Goal, ...] = ()
    steps: tuple[Step, ...] = ()
    links: tuple[Link, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rounds: tuple[Round, ...] = ()
    comparison: Comparison = field(default_factory=Comparison)
    valuation: Valuation = field(default_factory=Valuation)

    def indicator(self, key: str) -> Indicator | None:
        """Return the indicator with this key."""
        return next((one for one in self.indicators if one.key == key), None)

    def step(self, key: str) -> Step | None:
        """Return the step with this key."""
        return next((one for one in self.steps if one.key == key), None)


def write_pad(pad: Pad) -> dict[str, Any]:
    """Return a pad as JSON: decimals and days as text, so that nothing is rounded."""
    written: dict[str, Any] = _plain(asdict(pad))
    return written


def read_pad(told: Mapping[str, Any]) -> Pad:
    """Return the pad that JSON tells; what it does not name is empty."""
    return _read(Pad, told)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _read(kind: type[Told], told: Mapping[str, Any]) -> Told:
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], told[name]) for name in names if name in told})


def _value(hint: Any, told: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in told)
    if get_origin(hint) is UnionType:
        return None if told is None else _value(get_args(hint)[0], told)
    if hint is date:
        return date.fromisoformat(told)
    if isinstance(told, Mapping):
        return _read(hint, told)
    return hint(told)
