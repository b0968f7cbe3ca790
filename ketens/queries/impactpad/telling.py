"""Any version of a pad as plain lines, to lay two versions beside each other."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dorpen.register.models.enterprises import ImpactStance
from ketens.domain.impactpad.content import Pad, Section
from ketens.queries.impactpad.feeds import WORDS
from ketens.queries.impactpad.words import COMPARISONS, FREQUENCIES, GRADES, INPUTS, KINDS, SECTIONS
from ketens.queries.provenance.parts import say_day
from ketens.queries.wording import trim


@dataclass(frozen=True, slots=True)
class ToldSection:
    """One part of a pad in lines; no line is a part in which nothing stands."""

    label: str
    lines: tuple[str, ...]


def tell_pad(pad: Pad) -> tuple[ToldSection, ...]:
    """Return all parts of a pad in lines."""
    return tuple(tell_section(pad, section) for section in Section)


def tell_section(pad: Pad, section: Section) -> ToldSection:
    """Return one part of a pad in lines."""
    lines = [line for line in LINES[section](pad) if line.strip(" ·")]
    return ToldSection(str(SECTIONS[section]), tuple(lines))


def tell_mission(pad: Pad) -> list[str]:
    """Return the mission's texts."""
    told = pad.mission
    stance = str(ImpactStance(told.stance).label) if told.stance else ""
    return [
        told.mission,
        told.problem,
        told.target_group,
        join(stance, told.stance_reason),
        told.uncertainty,
        told.report_url,
    ]


def tell_indicators(pad: Pad) -> list[str]:
    """Return every indicator with its unit, source, start and target."""
    return [
        join(
            one.name,
            str(WORDS[one.feed].label) if one.feed else one.source,
            one.unit,
            str(FREQUENCIES[one.frequency]),
            say(one.baseline),
            say(one.target),
        )
        for one in pad.indicators
    ]


def tell_valuation(pad: Pad) -> list[str]:
    """Return every input of the valuation."""
    told = pad.valuation
    inputs = [
        f"{label}: {say(getattr(told, name))}"
        for name, label in INPUTS.items()
        if getattr(told, name) is not None
    ]
    day = say_day(told.proxy_date) if told.proxy_date else ""
    return [told.what, join(told.proxy_source, day), told.input_source, *inputs]


def name_step(pad: Pad, key: str) -> str:
    """Return the text of a step."""
    step = pad.step(key)
    return step.text if step else ""


def name_indicator(pad: Pad, key: str) -> str:
    """Return the name of an indicator."""
    indicator = pad.indicator(key)
    return indicator.name if indicator else ""


def join(*parts: str) -> str:
    """Return the parts that say something in one line."""
    return " · ".join(part for part in parts if part)


def say(amount: Any) -> str:
    """Return a number, or nothing."""
    return "" if amount is None else trim(Decimal(amount))


LINES: dict[Section, Any] = {
    Section.MISSION: tell_mission,
    Section.GOALS: lambda pad: [
        join(goal.text, goal.target, name_indicator(pad, goal.indicator)) for goal in pad.goals
    ],
    Section.STEPS: lambda pad: [join(str(KINDS[step.kind]), step.text) for step in pad.steps],
    Section.LINKS: lambda pad: [
        join(
            f"{name_step(pad, link.tail)} → {name_step(pad, link.head)}",
            link.assumption,
            str(GRADES[link.grade]) if link.grade else "",
        )
        for link in pad.links
    ],
    Section.INDICATORS: tell_indicators,
    Section.ROUNDS: lambda pad: [
        join(
            name_indicator(pad, row.indicator),
            say_day(row.day),
            say(row.value),
            say(row.n),
            say(row.response),
        )
        for row in pad.rounds
    ],
    Section.COMPARISON: lambda pad: [
        join(
            str(COMPARISONS[pad.comparison.kind]) if pad.comparison.kind else "",
            name_indicator(pad, pad.comparison.indicator),
            pad.comparison.how,
            pad.comparison.source,
            say(pad.comparison.without),
        )
    ],
    Section.VALUATION: tell_valuation,
}
