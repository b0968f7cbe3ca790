"""A total of the ledger: which accounts, since when, how many transfers, how complete."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dorpen.register.models import Village
from ketens.domain.codes import (
    RESIDENTS_PREFIX,
    chain_prefix,
    residents_account,
)
from ketens.domain.measures import Measure, Scope, ScopeKind
from ketens.models import Calculation, Chain, SocialWork
from ketens.queries.chains import work_figure
from ketens.queries.coverage import Coverage, get_coverage
from ketens.queries.figures import UNITS, build_figure, get_sums
from ketens.queries.flows import count_transfers
from ketens.queries.provenance.parts import Provenance, Row, sample_rows, say_day
from ketens.queries.provenance.words import TOTAL_WORDS
from ketens.queries.wording import LABELS, say_number


def tell_total(scope: Scope, measure: Measure, since: date | None) -> Provenance | None:
    """Return how a total is made up; six queries. None for a total that nobody shows.

    Money is read in releases, and work of the street over all days: since a day that
    anybody chooses, both would be the last sale of one shop.
    """
    if measure is Measure.TURNOVER:
        return None
    if measure is Measure.WORK:
        if scope.kind is ScopeKind.VILLAGE:
            return None
        since = None
    place = name_place(scope)
    coverage = get_coverage(scope, since)
    if scope.kind is ScopeKind.CHAIN and measure is Measure.WORK:
        return tell_work_of_chain(scope, place)
    figure = build_figure(scope, measure, get_sums(scope, since), coverage, since)
    return Provenance(
        title=_("%(what)s: %(place)s") % {"what": LABELS[measure], "place": place.label},
        value_text=figure.value_text,
        meaning=say_period(coverage, since),
        is_estimate=measure in (Measure.EMISSION, Measure.DISTANCE) and not figure.is_unknown,
        unknown_text=_("nothing with this measure was booked yet") if figure.is_unknown else "",
        formula_words=str(TOTAL_WORDS[measure]),
        interval_text=_("not computed yet") if measure is Measure.EMISSION else "",
        coverage=coverage_rows(coverage),
        accounts=account_rows(scope, measure, since),
        samples=sample_rows(list_samples(scope, measure)),
        chain_name=place.label if scope.kind is ScopeKind.CHAIN else "",
        chain_url=place.url,
    )


def name_place(scope: Scope) -> Row:
    """Return the name of a scope, with its address when it is a chain; one query at most."""
    if scope.kind is ScopeKind.VILLAGE:
        return Row(Village.objects.values_list("name", flat=True).get(pk=scope.id), "")
    if scope.kind is ScopeKind.CHAIN:
        name, slug = Chain.objects.values_list("name", "slug").get(pk=scope.id)
        return Row(name, slug, reverse("ketens:chain", args=[slug]))
    return Row(_("the whole street"), "")


def say_period(coverage: Coverage, since: date | None) -> str:
    """Return over which days a total runs."""
    first = since or coverage.first_day
    if first is None or coverage.last_day is None:
        return _("Nothing was booked yet.")
    return _("What was handed over from %(first)s to %(last)s.") % {
        "first": say_day(first),
        "last": say_day(coverage.last_day),
    }


def coverage_rows(coverage: Coverage) -> tuple[Row, ...]:
    """Return how much of what was sold a total knows, by lines and by weight."""
    return (
        Row(_("lines sold"), say_number(coverage.lines)),
        Row(_("of which the weight is known"), coverage.mass_share_text),
        Row(_("of which the transport emission is known"), coverage.emission_share_text),
        Row(_("the same, by weight"), coverage.emission_mass_share_text),
        Row(_("share of the emission that was measured"), coverage.primary_share_text),
    )


def account_rows(scope: Scope, measure: Measure, since: date | None) -> tuple[Row, ...]:
    """Return the accounts of the ledger that a total adds up, and how many transfers."""
    if scope.kind is ScopeKind.CHAIN:
        into, prefix = f"{RESIDENTS_PREFIX}…", chain_prefix(scope.id)
    elif scope.kind is ScopeKind.VILLAGE:
        into = prefix = residents_account(scope.id)
    else:
        into, prefix = f"{RESIDENTS_PREFIX}…", RESIDENTS_PREFIX
    number = count_transfers(prefix=prefix, unit=UNITS[measure], since=since)
    rows = [
        Row(_("ledger"), str(UNITS[measure])),
        Row(_("to account"), into),
        Row(_("transfers on these accounts"), say_number(number)),
    ]
    if scope.kind is ScopeKind.CHAIN:
        rows.insert(1, Row(_("from account"), f"{prefix}…"))
    return tuple(rows)


def list_samples(scope: Scope, measure: Measure) -> list[Calculation]:
    """Return five recent calculations that are part of a total, each with its own page."""
    if measure not in (Measure.EMISSION, Measure.DISTANCE):
        return []
    rows = Calculation.objects.filter(leg__isnull=False).select_related("leg")
    if scope.kind is ScopeKind.CHAIN:
        rows = rows.filter(chain_id=scope.id)
    if scope.kind is ScopeKind.VILLAGE:
        rows = rows.filter(booking__village_id=scope.id)
    return list(rows.order_by("-pk")[:5])


def tell_work_of_chain(scope: Scope, place: Row) -> Provenance:
    """Return the agreements on social work in a chain; a rate, never a total."""
    work = list(SocialWork.objects.filter(chain_id=scope.id))
    figure = work_figure(scope, work)
    return Provenance(
        title=_("%(what)s: %(place)s") % {"what": LABELS[Measure.WORK], "place": place.label},
        value_text=figure.value_text,
        meaning=figure.sure_text,
        is_estimate=False,
        formula_words=str(TOTAL_WORDS[Measure.WORK]),
        inputs=tuple(Row(row.description, row.source) for row in work),
        chain_name=place.label,
        chain_url=place.url,
    )
