"""One signal with the whole sum behind it, its steps, its earlier months, and where to look."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorpen.register.models import Municipality
from ketens.domain.factors import digest_of
from ketens.domain.measures import STREET, Measure, Scope, ScopeKind
from ketens.domain.monitor import MEASURES
from ketens.domain.signals import Rule
from ketens.domain.targets import PROVINCE
from ketens.models import NoteSubject, Signal, SignalStatus
from ketens.queries.figures import provenance_url
from ketens.queries.notes import Note, list_notes
from ketens.queries.steering.amounts import label_of, say_amount, say_rate
from ketens.queries.steering.signals import (
    SignalCard,
    build_card,
    list_names,
    say_permille,
    say_share,
    told_signals,
)

# The books behind a measure, for who wants to see the transfers.
BOOKS = {
    "g": Measure.GOODS,
    "mg CO2e": Measure.EMISSION,
    "mg CO2e/kg": Measure.EMISSION,
    "m": Measure.DISTANCE,
}

RULE_TEXTS = {
    Rule.RISE: gettext_lazy(
        "Three months on end each is worse than the one before, and the last lies beyond the"
        " interval of the first; without an interval it must differ by a tenth."
    ),
    Rule.BEHIND: gettext_lazy(
        "The newest month lies on the wrong side of the straight line from the baseline to the"
        " target, by a tenth of that way; with an interval, all of it does."
    ),
    Rule.COVERAGE: gettext_lazy(
        "For three months on end less is known, five percentage points in all."
    ),
    Rule.SILENCE: gettext_lazy(
        "A running chain that handed over goods before did not do so for 28 days."
    ),
    Rule.WASTE: gettext_lazy(
        "The share that is wasted lies above that of all earlier months, with 95% certainty"
        " (Student's distribution on the logarithms; a past is never taken for steadier than"
        " five percent)."
    ),
}
NUMBER_TEXTS = {
    "first": gettext_lazy("first month"),
    "last": gettext_lazy("last month"),
    "limit": gettext_lazy("limit: the far end of the first month"),
    "reached": gettext_lazy("what must lie beyond it: the near end of the last month"),
    "rate": gettext_lazy("the newest month"),
    "near": gettext_lazy("the end of its interval that is nearest to the line"),
    "expected": gettext_lazy("the line on that day"),
    "line_from": gettext_lazy("the line begins on"),
    "line_first": gettext_lazy("the line begins at"),
    "line_until": gettext_lazy("the line ends on"),
    "line_last": gettext_lazy("the line ends at"),
    "last_day": gettext_lazy("last day with goods"),
    "silent_days": gettext_lazy("days without goods"),
    "share": gettext_lazy("share in the newest month"),
    "past": gettext_lazy("mean share of the earlier months"),
    "probability": gettext_lazy("certainty"),
}
DAYS = {"line_from", "line_until", "last_day"}
SHARES = {"share", "past", "probability"}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of the sum."""

    name: str
    days: int
    amount: str
    a_day: str
    interval: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Step:
    """Who did what with a signal."""

    status_text: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignalPage:
    """A signal's page; `is_intact` tells whether its sum is as it was written."""

    card: SignalCard
    rule_text: str
    rule_version: int
    measure_text: str
    numbers: tuple[tuple[str, str], ...]
    months: tuple[MonthRow, ...]
    is_level: bool
    target_text: str
    digest: str
    is_intact: bool
    provenance_url: str
    figure_url: str
    chain_slug: str
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    earlier: tuple[SignalCard, ...]


def find_signal(public_id: UUID) -> Signal | None:
    """Return a signal with its newest step; one query."""
    return told_signals().filter(public_id=public_id).first()


def get_signal_page(public_id: UUID) -> SignalPage | None:
    """Return everything about a signal, or None; six queries at most."""
    row = find_signal(public_id)
    if row is None:
        return None
    same = told_signals().filter(
        rule=row.rule,
        measure=row.measure,
        place=row.place,
        chain=row.chain,
        product_group=row.product_group,
        target_year=row.target_year,
        month__lt=row.month,
    )
    names = list_names([row])
    earlier = tuple(build_card(one, names, one.month) for one in same)
    told = row.calculation
    return SignalPage(
        card=build_card(row, names, earlier[-1].month if earlier else row.month),
        rule_text=str(RULE_TEXTS[Rule(row.rule)]),
        rule_version=row.rule_version,
        measure_text=label_of(row.measure),
        numbers=tuple(list_numbers(told)),
        months=tuple(build_month(month, told, row.rule) for month in told["months"]),
        is_level=not told["adds_up"],
        target_text=told.get("target", {}).get("sentence", ""),
        digest=row.digest,
        is_intact=digest_of(told) == row.digest,
        provenance_url=find_books(row),
        figure_url=find_figure(row),
        chain_slug=row.chain.slug if row.chain else "",
        steps=tuple(
            Step(
                str(SignalStatus(step.status).label), step.reason, str(step.moved_by), step.moved_at
            )
            for step in row.steps.select_related("moved_by")
        ),
        notes=list_notes(NoteSubject.SIGNAL, str(row.public_id)),
        earlier=earlier,
    )


def list_steps(row: Signal) -> tuple[Step, ...]:
    """Return who did what with a signal, in order; one query."""
    return tuple(
        Step(str(SignalStatus(step.status).label), step.reason, str(step.moved_by), step.moved_at)
        for step in row.steps.select_related("moved_by")
    )


def list_numbers(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return every number of a sum with what it is, thresholds last."""
    rows = [
        (str(NUMBER_TEXTS[name]), say_of(name, value, told))
        for name, value in told["numbers"].items()
    ]
    limits = told["thresholds"]
    if "margin" in limits:
        rows.append((_("least difference without an interval"), say_share(limits["margin"])))
    if "lag" in limits:
        rows.append((_("least lag, as a part of the way to the target"), say_share(limits["lag"])))
    if "fall_permille" in limits:
        rows.append((_("least fall in all"), say_permille(limits["fall_permille"])))
    if "probability" in limits:
        rows.append((_("least certainty"), say_share(limits["probability"])))
    if "days" in limits:
        rows.append((_("least days without goods"), limits["days"]))
    return rows


def say_of(name: str, value: str, told: Mapping[str, Any]) -> str:
    """Return one number of a sum in words."""
    if name in DAYS:
        return date_format(date.fromisoformat(value), "j F Y")
    if name in SHARES:
        return say_share(value)
    if name == "silent_days":
        return value
    if told["rule"] == Rule.COVERAGE:
        return say_permille(value)
    return say_rate(told["unit"], Decimal(value), adds_up=told["adds_up"])


def build_month(month: Mapping[str, Any], told: Mapping[str, Any], rule: str) -> MonthRow:
    """Return one month of a sum in words."""
    unit, adds_up = told["unit"], told["adds_up"]
    days = int(month["days"])

    def amount(name: str) -> Decimal | None:
        return None if month[name] is None else Decimal(month[name])

    value, low, high = amount("amount"), amount("low"), amount("high")
    share = "" if value is None else say_share(str(value))
    interval = "" if low is None else f"{say_amount(unit, low)} – {say_amount(unit, high)}"
    coverage = month["coverage_permille"]
    return MonthRow(
        name=date_format(date.fromisoformat(month["first_day"]), "F Y"),
        days=days,
        amount=share if rule == Rule.WASTE else say_amount(unit, value),
        a_day="" if not adds_up or value is None else say_rate(unit, value / days, adds_up=True),
        interval=interval,
        coverage="" if coverage is None else say_permille(str(coverage)),
    )


def find_books(row: Signal) -> str:
    """Return where the transfers behind a measure are, empty when no page adds them up."""
    measure = BOOKS.get(row.calculation["unit"])
    if measure is None or row.product_group:
        return ""
    scope = Scope(ScopeKind.CHAIN, row.chain_id) if row.chain_id else STREET
    return provenance_url(scope, measure, None)


def find_figure(row: Signal) -> str:
    """Return the live figure that a signal is about, down to its source; empty without one."""
    measure = MEASURES.get(row.measure)
    if measure is None:
        return ""
    if row.chain is not None:
        return reverse("monitor:live_chain", args=[measure.slug, row.chain.slug])
    if row.place == PROVINCE:
        return reverse("monitor:live_measure", args=[measure.slug])
    slug = Municipality.objects.filter(code=row.place).values_list("slug", flat=True).first()
    return reverse("monitor:live_municipality", args=[measure.slug, slug]) if slug else ""
