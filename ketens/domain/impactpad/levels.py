"""What each of the five levels asks, and which level a pad has reached.

Levels go in order: a level is reached when it and all below it were reviewed, their
proofs are in date, and nothing of what they ask was taken out of the pad since.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ketens.domain.graph import reachable
from ketens.domain.impactpad.checks import Lack
from ketens.domain.impactpad.content import Indicator, Kind, Pad, Valuation
from ketens.domain.sroi import Sroi, SroiInputs, SroiRefused, social_return_on_investment

LEVELS = range(1, 6)
LEAST_GOALS = 3
LEAST_ROUNDS = 2

Rounds = Mapping[str, int]


def list_lacks(level: int, pad: Pad, rounds: Rounds) -> tuple[Lack, ...]:
    """Return what a level still asks of a pad; ``rounds`` counts measurements by indicator."""
    return tuple(RULES[level](pad, rounds))


def find_level(pad: Pad, rounds: Rounds, proofs: Mapping[int, date | None], *, today: date) -> int:
    """Return the highest level that is reached; ``proofs`` holds the last day of each review.

    A proof without a last day is None; a level that nobody reviewed is absent.
    """
    reached = 0
    for level in LEVELS:
        if level not in proofs or is_over(proofs[level], today):
            break
        if list_lacks(level, pad, rounds):
            break
        reached = level
    return reached


def is_over(last_day: date | None, today: date) -> bool:
    """Tell whether a proof ran out."""
    return last_day is not None and last_day < today


def value(pad: Pad) -> Sroi | None:
    """Return the social return on investment of a pad, None while an input is missing.

    :raises SroiRefused: for an input that cannot be.
    """
    told = pad.valuation
    inputs = {
        name: getattr(told, name)
        for name in SroiInputs.__dataclass_fields__
        if getattr(told, name) is not None
    }
    if len(inputs) < len(SroiInputs.__dataclass_fields__):
        return None
    return social_return_on_investment(SroiInputs(**inputs))


def _aims(pad: Pad, rounds: Rounds) -> Iterator[Lack]:
    for name in ("mission", "problem", "target_group", "stance", "stance_reason"):
        if not getattr(pad.mission, name):
            yield Lack(f"no_{name}")
    if len(pad.goals) < LEAST_GOALS:
        yield Lack("few_goals", count=len(pad.goals))
    for goal in pad.goals:
        if not goal.target:
            yield Lack("goal_without_target", goal.text)


def _works(pad: Pad, rounds: Rounds) -> Iterator[Lack]:
    for kind in Kind:
        if not any(step.kind is kind for step in pad.steps):
            yield Lack(f"no_{kind}")
    places = {step.key: place for place, step in enumerate(pad.steps)}
    edges = [(places[link.tail], places[link.head]) for link in pad.links]
    back = [(head, tail) for tail, head in edges]
    for step in pad.steps:
        behind = reachable(back, places[step.key])
        ahead = reachable(edges, places[step.key])
        if not _has(pad, behind, Kind.INPUT) or not _has(pad, ahead, Kind.IMPACT):
            yield Lack("loose_step", step.text)
    for link in pad.links:
        tail, head = pad.step(link.tail), pad.step(link.head)
        said = f"{tail.text} → {head.text}" if tail and head else ""
        if not link.assumption:
            yield Lack("link_without_assumption", said)
        if link.grade is None:
            yield Lack("link_without_grade", said)


def _measures(pad: Pad, rounds: Rounds) -> Iterator[Lack]:
    measured: dict[str, Indicator] = {}
    for goal in pad.goals:
        indicator = pad.indicator(goal.indicator)
        if indicator is None:
            yield Lack("goal_without_indicator", goal.text)
        else:
            measured[indicator.key] = indicator
    for indicator in measured.values():
        yield from _lacks_of(indicator, rounds)


def _lacks_of(indicator: Indicator, rounds: Rounds) -> Iterator[Lack]:
    asked = {
        "indicator_without_unit": bool(indicator.unit or indicator.feed),
        "indicator_without_source": bool(indicator.source or indicator.feed),
        "indicator_without_baseline": indicator.baseline is not None or bool(indicator.feed),
        "indicator_without_target": indicator.target is not None,
    }
    for code, is_there in asked.items():
        if not is_there:
            yield Lack(code, indicator.name)
    count = rounds.get(indicator.key, 0)
    if count < LEAST_ROUNDS:
        yield Lack("few_rounds", indicator.name, count)


def _compares(pad: Pad, rounds: Rounds) -> Iterator[Lack]:
    told = pad.comparison
    for name in ("kind", "indicator", "how", "source"):
        if not getattr(told, name):
            yield Lack(f"comparison_without_{name}")
    if told.without is None:
        yield Lack("comparison_without_value")
    if told.indicator and rounds.get(told.indicator, 0) < LEAST_ROUNDS:
        indicator = pad.indicator(told.indicator)
        yield Lack("few_rounds", indicator.name if indicator else "", rounds.get(told.indicator, 0))


def _values(pad: Pad, rounds: Rounds) -> Iterator[Lack]:
    told = pad.valuation
    if not told.indicator:
        yield Lack("valuation_without_indicator")
    yield from _missing_inputs(told)
    if not told.proxy_source or told.proxy_date is None:
        yield Lack("proxy_without_source")
    if not told.input_source:
        yield Lack("input_without_source")
    try:
        value(pad)
    except SroiRefused as refused:
        yield Lack("valuation_refused", str(refused))


def _missing_inputs(told: Valuation) -> Iterator[Lack]:
    for name in SroiInputs.__dataclass_fields__:
        if getattr(told, name) is None:
            yield Lack("valuation_without", name)


def _has(pad: Pad, places: set[int], kind: Kind) -> bool:
    return any(pad.steps[place].kind is kind for place in places)


RULES: dict[int, Callable[[Pad, Rounds], Iterator[Lack]]] = {
    1: _aims,
    2: _works,
    3: _measures,
    4: _compares,
    5: _values,
}
