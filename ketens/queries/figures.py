"""Figures as people meet them: a number, what it is, how sure, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain.codes import RESIDENTS_PREFIX, chain_prefix, residents_account
from ketens.domain.measures import STREET, Measure, Scope, ScopeKind, public_id
from ketens.queries.coverage import Coverage, get_coverage
from ketens.queries.flows import Flow, list_flows, sum_arrived
from ketens.queries.wording import LABELS, say
from winkelstraat.ledger.domain import Unit

UNITS = {
    Measure.GOODS: Unit.GRAMS,
    Measure.EMISSION: Unit.MG_CO2E,
    Measure.DISTANCE: Unit.METRES,
    Measure.WORK: Unit.MINUTES,
    Measure.TURNOVER: Unit.CENTS,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is never alone."""

    value_text: str
    label: str
    sure_text: str
    provenance_url: str
    measure: Measure
    is_unknown: bool = False


def provenance_url(scope: Scope, measure: Measure, since: date | None = None) -> str:
    """Return the address of the page that tells how a figure is known."""
    address = reverse("ketens:provenance", args=[public_id(scope, measure)])
    return f"{address}?vanaf={since.isoformat()}" if since else address


def get_street_figures(since: date | datetime | None = None) -> tuple[Figure, ...]:
    """Return what the whole street did since a day; empty before the first booking."""
    return get_figures(STREET, since, [Measure.GOODS, Measure.EMISSION, Measure.DISTANCE])


def get_village_figures(
    village_id: int, since: date | datetime | None = None
) -> tuple[Figure, ...]:
    """Return what the sales handed over in a village did since a day; empty before the first."""
    scope = Scope(ScopeKind.VILLAGE, village_id)
    return get_figures(scope, since, [Measure.GOODS, Measure.EMISSION, Measure.DISTANCE])


def get_figures(
    scope: Scope, since: date | datetime | None, measures: list[Measure]
) -> tuple[Figure, ...]:
    """Return the figures of a scope in two queries."""
    day = since.date() if isinstance(since, datetime) else since
    coverage = get_coverage(scope, day)
    if not coverage.lines:
        return ()
    sums = get_sums(scope, day)
    return tuple(build_figure(scope, measure, sums, coverage, day) for measure in measures)


def get_sums(scope: Scope, since: date | None) -> dict[Unit, int]:
    """Return what reached the residents of a scope, by unit, from the ledger; one query."""
    if scope.kind is ScopeKind.VILLAGE:
        return sum_arrived(prefix=residents_account(scope.id), since=since)
    if scope.kind is ScopeKind.CHAIN:
        return sum_to_residents(list_flows(prefix=chain_prefix(scope.id), since=since))
    return sum_arrived(prefix=RESIDENTS_PREFIX, since=since)


def sum_to_residents(flows: list[Flow]) -> dict[Unit, int]:
    """Return what of these flows reached residents, by unit."""
    sums: dict[Unit, int] = {}
    for flow in flows:
        if flow.debit.startswith(RESIDENTS_PREFIX):
            sums[flow.unit] = sums.get(flow.unit, 0) + flow.amount
    return sums


def build_figure(
    scope: Scope,
    measure: Measure,
    sums: Mapping[Unit, int],
    coverage: Coverage,
    since: date | None,
) -> Figure:
    """Return one figure; it is unknown when no booked line knows its part."""
    amount = sums.get(UNITS[measure])
    if amount is None and knows_zero(measure, coverage):
        amount = 0
    return Figure(
        value_text=say(measure, amount),
        label=str(LABELS[measure]),
        sure_text=say_how_sure(measure, coverage) if amount is not None else _("not known yet"),
        provenance_url=provenance_url(scope, measure, since),
        measure=measure,
        is_unknown=amount is None,
    )


def knows_zero(measure: Measure, coverage: Coverage) -> bool:
    """Tell whether nothing moved although lines are known: then the figure is really zero."""
    known = {
        Measure.GOODS: coverage.with_mass,
        Measure.EMISSION: coverage.with_emission,
        Measure.DISTANCE: coverage.with_distance,
        Measure.WORK: coverage.with_work,
        Measure.TURNOVER: coverage.lines,
    }
    return known[measure] > 0


def say_how_sure(measure: Measure, coverage: Coverage) -> str:
    """Return in a few words how a figure was found and how much it covers."""
    shares = {
        "mass": coverage.mass_share_text,
        "emission": coverage.emission_share_text,
        "distance": coverage.distance_share_text,
        "primary": coverage.primary_share_text,
    }
    sentences = {
        Measure.GOODS: _("from the labels; known for %(mass)s of what was sold"),
        Measure.EMISSION: _(
            "estimate; complete for %(emission)s of what was sold, %(primary)s of it measured"
        ),
        Measure.DISTANCE: _("estimate; complete for %(distance)s of what was sold"),
        Measure.WORK: _("by agreement in the chains, rounded"),
        Measure.TURNOVER: _("exact, from the ledger"),
    }
    return sentences[measure] % shares
