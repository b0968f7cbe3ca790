"""The open table of the chains: what each did in every month that is over."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.exchange.tables import Column, TableDescription, Value
from ketens.models import CoverageDay

LANGUAGES = ("nl", "en")
TITLE = _("What the chains did, by month")
NOTE = _(
    "Sales that were handed over, in months that are over. An empty cell is unknown."
    " Emission is that of lines of which every stretch of transport is known; the columns"
    " before it say how many those are. Growing, making and packing are not counted."
)
# Name, datatype, whether it is always there, and what it means.
COLUMNS: tuple[tuple[str, str, bool, Promise], ...] = (
    ("chain", "string", True, _("The chain, as in the address of its page")),
    ("month", "gYearMonth", True, _("The month in which goods were handed over")),
    ("sold_lines", "nonNegativeInteger", True, _("Lines sold")),
    ("lines_with_mass", "nonNegativeInteger", True, _("Lines of which the weight is known")),
    ("mass_g", "nonNegativeInteger", False, _("Their weight, in grams")),
    (
        "lines_with_emission",
        "nonNegativeInteger",
        True,
        _("Lines of which every stretch of transport is known"),
    ),
    ("mass_with_emission_g", "nonNegativeInteger", False, _("Their weight, in grams")),
    (
        "emission_mg_co2e",
        "nonNegativeInteger",
        False,
        _("Their emission by transport, well to wheel, in milligrams of CO₂e"),
    ),
    (
        "primary_mg_co2e",
        "nonNegativeInteger",
        False,
        _("The part of that which rests on fuel or power that was measured"),
    ),
)
SUMS = (
    "lines",
    "with_mass",
    "mass_g",
    "with_emission",
    "mass_with_emission_g",
    "emission_mg",
    "primary_mg",
)


def get_chain_table(name: str) -> TableDescription:
    """Return the description of the table, in both languages; no queries."""
    return TableDescription(
        name=name,
        titles=in_languages(TITLE),
        notes=in_languages(NOTE),
        method_version=METHOD_VERSION,
        columns=tuple(
            Column(column, datatype, in_languages(label), is_required)
            for column, datatype, is_required, label in COLUMNS
        ),
        key=("chain", "month"),
    )


def list_chain_months(*, today: date) -> list[dict[str, Value]]:
    """Return the rows of the table, by chain and month; one query over sums per day.

    The running month is left out: its figures still grow.
    """
    rows = (
        CoverageDay.objects.filter(chain__isnull=False, day__lt=today.replace(day=1))
        .annotate(month=TruncMonth("day"))
        .values("chain__slug", "month")
        .annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
        .order_by("chain__slug", "month")
    )
    return [build_row(row) for row in rows]


def build_row(row: Mapping[str, object]) -> dict[str, Value]:
    """Return one row; a sum over nothing known is unknown."""
    sums = {name: int(str(row[f"sum_{name}"])) for name in SUMS}
    has_mass, has_emission = sums["with_mass"] > 0, sums["with_emission"] > 0
    return {
        "chain": str(row["chain__slug"]),
        "month": str(row["month"])[:7],
        "sold_lines": sums["lines"],
        "lines_with_mass": sums["with_mass"],
        "mass_g": sums["mass_g"] if has_mass else None,
        "lines_with_emission": sums["with_emission"],
        "mass_with_emission_g": sums["mass_with_emission_g"] if has_emission else None,
        "emission_mg_co2e": sums["emission_mg"] if has_emission else None,
        "primary_mg_co2e": sums["primary_mg"] if has_emission else None,
    }


def in_languages(text: Promise) -> dict[str, str]:
    """Return a text in the languages of the street."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(text)
    return found
