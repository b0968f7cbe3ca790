"""The parts of an impact page as people read them: goals, links, indicators, comparison, value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketens.domain.impactpad.content import Goal, Indicator, Pad, Round
from ketens.domain.impactpad.levels import value
from ketens.domain.impactpad.people import is_about_people, may_value, show_answers, show_of_one
from ketens.domain.impactpad.periods import Frequency, Period
from ketens.queries.impactpad.feeds import EURO, WORDS, unit_of
from ketens.queries.impactpad.reference import get_reference
from ketens.queries.impactpad.words import (
    COMPARISONS,
    FREQUENCIES,
    GRADES,
    INPUTS,
    say_withheld,
)
from ketens.queries.provenance.parts import say_day
from ketens.queries.wording import UNKNOWN, say_number, trim
from winkelstraat.common.money import format_cents

FIGURES_AFTER_COMMA = 1


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with the target that it contributes to; `agenda` only where it differs."""

    text: str
    official: str
    agenda: str
    target_text: str
    indicator: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of the theory of change by its number in the drawing."""

    number: int
    tail: str
    head: str
    assumption: str
    grade: int | None
    grade_text: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured value with its period; `answers_text` says how many were asked."""

    when: str
    value_text: str
    answers_text: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator; a number about people has `withheld_text` instead of any value."""

    key: str
    name: str
    unit: str
    source: str
    frequency_text: str
    feed: str
    withheld_text: str
    baseline_text: str
    value_text: str
    target_text: str
    rounds: tuple[Measurement, ...]
    known_text: str
    url: str

    @property
    def is_fed(self) -> bool:
        """Whether the books measure it, so that nobody types its value."""
        return bool(self.feed)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """What would have been without: the value there, unless it counts people."""

    kind_text: str
    indicator: str
    how: str
    source: str
    without_text: str


@dataclass(frozen=True, slots=True)
class ValuationRow:
    """A ratio, never without its inputs and its table of sensitivity."""

    what: str
    ratio_text: str
    inputs: tuple[tuple[str, str], ...]
    sensitivity: tuple[tuple[str, str, str], ...]
    proxy_source: str
    input_source: str


def build_goal(goal: Goal, pad: Pad) -> GoalRow:
    """Return a goal with the codes of its target side by side."""
    target = get_reference().target(goal.target)
    indicator = pad.indicator(goal.indicator)
    return GoalRow(
        text=goal.text,
        official=goal.target,
        agenda=target.agenda if target and target.agenda != target.official else "",
        target_text=target.text if target else "",
        indicator=indicator.name if indicator else "",
    )


def build_links(pad: Pad) -> tuple[LinkRow, ...]:
    """Return every link in the order of the drawing's numbers."""
    names = {step.key: step.text for step in pad.steps}
    return tuple(
        LinkRow(
            number=number,
            tail=names[link.tail],
            head=names[link.head],
            assumption=link.assumption,
            grade=link.grade,
            grade_text=str(GRADES[link.grade]) if link.grade else str(UNKNOWN),
        )
        for number, link in enumerate(pad.links, start=1)
    )


def build_indicator(
    one: Indicator,
    pad: Pad,
    periods: Sequence[Period],
    *,
    enterprise: tuple[int, str],
    is_own: bool,
) -> IndicatorRow:
    """Return an indicator with its measurements; who is not its owner sees none about people."""
    employer_id, slug = enterprise
    unit = unit_of(one)
    typed = sorted((row for row in pad.rounds if row.indicator == one.key), key=lambda r: r.day)
    rounds = (
        tuple(Measurement(say_period(row, one), say_value(row.value, unit), "") for row in periods)
        if one.feed
        else tuple(build_round(row, unit) for row in typed)
    )
    first = periods[0].value if periods else None
    baseline = first if one.feed else one.baseline
    values = [row.value for row in periods] or [row.value for row in typed]
    newest = values[-1] if values else Decimal(0)
    hidden = "" if is_own or not is_about_people(one) else withheld_text(employer_id, newest)
    return IndicatorRow(
        key=one.key,
        name=one.name,
        unit=unit,
        source=str(WORDS[one.feed].label) if one.feed else one.source,
        frequency_text=str(FREQUENCIES[one.frequency]),
        feed=one.feed,
        withheld_text=hidden,
        baseline_text="" if hidden else say_value(baseline, unit),
        value_text="" if hidden else rounds[-1].value_text if rounds else str(UNKNOWN),
        target_text="" if hidden else say_value(one.target, unit),
        rounds=() if hidden else rounds,
        known_text="" if hidden else say_known(periods),
        url=reverse("ketens:impact_indicator", args=[slug, one.key]),
    )


def withheld_text(employer_id: int, amount: Decimal) -> str:
    """Return why the public sees no number, asked from the policy with the number itself."""
    return say_withheld() if show_of_one(employer_id, amount).withheld else ""


def build_round(row: Round, unit: str) -> Measurement:
    """Return a typed measurement; few answers are told as fewer than the policy shows."""
    answers = ""
    if row.n is not None:
        asked, answered = say_answers(row.n), say_answers(row.response)
        answers = _("%(answered)s of %(asked)s answered") % {"answered": answered, "asked": asked}
        if row.response is None:
            answers = _("%(asked)s looked at") % {"asked": asked}
    return Measurement(say_day(row.day), say_value(row.value, unit), answers)


def say_answers(number: int | None) -> str:
    """Return how many, or that they are few."""
    shown = show_answers(number)
    if shown.withheld:
        return _("fewer than %(below)s") % {"below": shown.below}
    return str(UNKNOWN) if shown.value is None else say_number(shown.value)


def say_value(amount: Decimal | None, unit: str) -> str:
    """Return a value with its unit, or that it is unknown."""
    if amount is None:
        return str(UNKNOWN)
    if unit == EURO:
        return format_cents(round(amount * 100))
    number = trim(round(amount, FIGURES_AFTER_COMMA))
    return f"{number}%" if unit == "%" else f"{number} {unit}".strip()


def say_period(period: Period, one: Indicator) -> str:
    """Return a period by its name: a month, a quarter or a year."""
    return name_period(period.first, Frequency(one.frequency))


def name_period(first: date, frequency: Frequency) -> str:
    """Return the name of the period that begins on a day."""
    if frequency is Frequency.MONTH:
        return date_format(first, "F Y")
    if frequency is Frequency.QUARTER:
        return _("quarter %(number)s of %(year)s") % {
            "number": (first.month + 2) // 3,
            "year": first.year,
        }
    return str(first.year)


def say_known(periods: Sequence[Period]) -> str:
    """Return how many rows of the books are behind the newest value, and how many are known."""
    if not periods:
        return ""
    newest = periods[-1]
    return _("%(known)s of %(records)s rows of the books could be counted") % {
        "known": say_number(newest.known),
        "records": say_number(newest.records),
    }


def build_comparison(pad: Pad, *, is_own: bool) -> ComparisonRow | None:
    """Return what would have been without, None while nothing was written."""
    told = pad.comparison
    indicator = pad.indicator(told.indicator)
    if not told.kind or indicator is None:
        return None
    is_hidden = is_about_people(indicator) and not is_own
    return ComparisonRow(
        kind_text=str(COMPARISONS[told.kind]),
        indicator=indicator.name,
        how=told.how,
        source=told.source,
        without_text=say_withheld() if is_hidden else say_value(told.without, unit_of(indicator)),
    )


def build_valuation(pad: Pad, *, is_own: bool) -> ValuationRow | None:
    """Return the value in euros, None while it is not complete or would count people."""
    if not is_own and not may_value(pad):
        return None
    found = value(pad)
    if found is None:
        return None
    told = pad.valuation
    return ValuationRow(
        what=told.what,
        ratio_text=say_number(found.ratio, 2),
        inputs=tuple((str(INPUTS[name]), say_input(name, getattr(told, name))) for name in INPUTS),
        sensitivity=tuple(
            (str(INPUTS[row.name]), say_number(row.low, 2), say_number(row.high, 2))
            for row in found.sensitivity
        ),
        proxy_source=told.proxy_source,
        input_source=told.input_source,
    )


def say_input(name: str, amount: Decimal) -> str:
    """Return an input of a valuation: euros, a percentage, or a plain number."""
    if name.endswith("_euro"):
        return format_cents(round(amount * 100))
    if name in ("count", "years"):
        return trim(Decimal(amount))
    return f"{trim(amount * 100)}%"
