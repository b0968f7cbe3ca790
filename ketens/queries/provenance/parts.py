"""The parts that every provenance page is made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketens.domain.booking import round_whole
from ketens.domain.transport import MG_PER_KG
from ketens.models import Calculation, Factor, FactorStatus
from ketens.queries.provenance.words import INPUT_LABELS, SCOPE_WORDS
from ketens.queries.wording import (
    UNKNOWN,
    UNKNOWN_WORDS,
    say_emission,
    say_factor,
    say_number,
    trim,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A name and a value, with a link where there is more to read."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor with everything that an auditor asks of it."""

    label: str
    value_text: str
    set_text: str
    source: str
    source_url: str
    source_ref: str
    status_text: str
    is_verified: bool
    valid_text: str
    note: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The answer to: how do we know this?"""

    title: str
    value_text: str
    meaning: str
    is_estimate: bool
    unknown_text: str = ""
    formula_words: str = ""
    formula_symbols: str = ""
    symbol_words: str = ""
    inputs: tuple[Row, ...] = ()
    factors: tuple[FactorRow, ...] = ()
    quality_text: str = ""
    interval_text: str = ""
    coverage: tuple[Row, ...] = ()
    accounts: tuple[Row, ...] = ()
    samples: tuple[Row, ...] = ()
    computed_text: str = ""
    digest: str = ""
    chain_name: str = ""
    chain_url: str = ""


def build_factor(factor: Factor) -> FactorRow:
    """Return a factor as the page shows it; its set must be selected with it."""
    listed = factor.factor_set
    period = _("%(first)s to %(last)s") % {
        "first": say_day(factor.valid_from),
        "last": say_day(factor.valid_to),
    }
    return FactorRow(
        label=f"{factor.label_nl}, {SCOPE_WORDS.get(factor.scope, factor.scope)}",
        value_text=say_factor(factor.value, factor.unit),
        set_text=_("%(title)s, version %(version)s")
        % {"title": listed.title, "version": listed.version},
        source=factor.source,
        source_url=listed.source_url,
        source_ref=listed.source_ref,
        status_text=str(FactorStatus(factor.status).label),
        is_verified=factor.status == FactorStatus.VERIFIED,
        valid_text=period,
        note=factor.note,
    )


def input_rows(inputs: dict[str, str]) -> tuple[Row, ...]:
    """Return the inputs of a calculation in a fixed order, in the reader's notation."""
    return tuple(
        Row(str(label), say_input(name, inputs[name]))
        for name, label in INPUT_LABELS.items()
        if name in inputs
    )


def say_input(name: str, value: str) -> str:
    """Return an input as text; a key or unit stays as it is."""
    if value == "unknown":
        return str(UNKNOWN)
    if name.endswith(("_key", "_unit", "_set")):
        return value
    return trim(Decimal(value))


def say_result(calculation: Calculation) -> str:
    """Return the result of a calculation, or why there is none."""
    if calculation.result is None:
        return f"{UNKNOWN} ({UNKNOWN_WORDS[calculation.unknown_because]})"
    if calculation.result_unit == "min":
        return _("%(minutes)s minutes") % {"minutes": say_number(calculation.result, 1)}
    return say_emission(round_whole(calculation.result * MG_PER_KG))


def sample_rows(calculations: list[Calculation]) -> tuple[Row, ...]:
    """Return calculations as links: what was computed, the result, its own page."""
    return tuple(
        Row(
            label=_("%(date)s, %(what)s")
            % {
                "date": say_day(row.activity_date),
                "what": row.leg.vehicle if row.leg else _("social work"),
            },
            value=say_result(row),
            url=reverse("ketens:provenance", args=[row.public_id]),
        )
        for row in calculations
    )


def say_day(day: date) -> str:
    """Return a day in full."""
    return date_format(day, "j F Y")
