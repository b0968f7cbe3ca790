"""A stretch of a chain, and what a kilo of a product takes over all its stretches."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain.booking import Result, emission_of_leg
from ketens.domain.measures import Measure
from ketens.domain.transport import Method, quality_of
from ketens.models import Calculation, Factor, Leg
from ketens.queries.panels import KILO_G, ProductWay, get_product_way, product_figures
from ketens.queries.provenance.calculations import say_quality
from ketens.queries.provenance.parts import (
    FactorRow,
    Provenance,
    Row,
    build_factor,
    sample_rows,
)
from ketens.queries.provenance.words import (
    FORMULA_SYMBOLS,
    FORMULA_WORDS,
    SYMBOL_WORDS,
    TOTAL_WORDS,
)
from ketens.queries.routes import build_leg, get_factors_on
from ketens.queries.wording import UNKNOWN, UNKNOWN_WORDS, say, say_emission, say_number, trim


def tell_leg(public_id: UUID, *, today: date) -> Provenance | None:
    """Return how a stretch's distance, factor and emission are known; four queries."""
    leg = (
        Leg.objects.filter(public_id=public_id)
        .select_related(
            "link__chain", "link__from_member__enterprise", "link__to_member__enterprise"
        )
        .first()
    )
    if leg is None:
        return None
    keys = [leg.factor_key, leg.infrastructure_factor_key]
    result = emission_of_leg(KILO_G, build_leg(leg, get_factors_on(keys, today)))
    latest = Calculation.objects.filter(leg=leg).select_related("leg").order_by("-pk")[:5]
    link = leg.link
    return Provenance(
        title=_("%(vehicle)s from %(tail)s to %(head)s")
        % {
            "vehicle": leg.vehicle,
            "tail": link.from_member.enterprise.trade_name,
            "head": link.to_member.enterprise.trade_name,
        },
        value_text=say_per_kilo(result),
        meaning=_(
            "What this stretch adds to one kilo that is sold in the end, with today's factor."
        ),
        is_estimate=result.value is not None,
        unknown_text=str(UNKNOWN_WORDS.get(result.unknown_because, "")),
        formula_words=str(FORMULA_WORDS[result.formula]),
        formula_symbols=FORMULA_SYMBOLS[result.formula],
        symbol_words=str(SYMBOL_WORDS[result.formula]),
        inputs=leg_inputs(leg),
        factors=list_factors(keys, today),
        quality_text=say_quality(int(quality_of(Method(leg.method)))),
        interval_text=_("not computed yet"),
        samples=sample_rows(list(latest)),
        chain_name=link.chain.name,
        chain_url=reverse("ketens:chain", args=[link.chain.slug]),
    )


def say_per_kilo(result: Result) -> str:
    """Return an emission per kilo sold."""
    if result.whole is None:
        return str(UNKNOWN)
    return _("%(emission)s per kilo") % {"emission": say_emission(result.whole)}


def leg_inputs(leg: Leg) -> tuple[Row, ...]:
    """Return what is known of a stretch, each with who says so."""
    distance = str(UNKNOWN) if leg.distance_m is None else say(Measure.DISTANCE, leg.distance_m)
    load = str(UNKNOWN) if leg.typical_load_g is None else say(Measure.GOODS, leg.typical_load_g)
    rows = [
        Row(_("distance, shortest way"), distance),
        Row(_("source of the distance"), leg.distance_source),
        Row(_("grams on this stretch for each kilo sold"), say_number(leg.link.grams_per_kg_sold)),
        Row(_("usual load of the vehicle"), load),
    ]
    if leg.load_source:
        rows.append(Row(_("source of the load"), leg.load_source))
    if leg.method != Method.TKM_DEFAULT:
        rows.append(
            Row(_("part of the kilometres driven empty"), f"{trim(leg.empty_share * 100)}%")
        )
    if leg.consumption_per_km is not None:
        rows.append(Row(_("consumption per kilometre"), trim(leg.consumption_per_km)))
        rows.append(Row(_("source of the consumption"), leg.consumption_source))
    return tuple(rows)


def list_factors(keys: list[str], today: date) -> tuple[FactorRow, ...]:
    """Return the factors that hold today, the latest version of each."""
    rows = Factor.objects.filter(key__in=keys, valid_from__lte=today, valid_to__gte=today)
    ordered = rows.select_related("factor_set").order_by("factor_set__year", "factor_set__version")
    latest = {row.key: row for row in ordered}
    return tuple(build_factor(latest[key]) for key in keys if key in latest)


def tell_product(product_id: int, measure: Measure, *, today: date) -> Provenance | None:
    """Return how a product's figure per kilo is known."""
    way = get_product_way(Q(pk=product_id), today=today)
    if way is None:
        return None
    figures = {figure.measure: figure for figure in product_figures(way)}
    figure = figures.get(measure)
    if figure is None:
        return None
    chain = way.product.chain
    words = {
        Measure.EMISSION: _(
            "The emission of every stretch for one kilo, added up. If one stretch is unknown,"
            " the sum is unknown."
        ),
        Measure.DISTANCE: _("The distances of all stretches, added up."),
    }
    return Provenance(
        title=figure.label,
        value_text=figure.value_text,
        meaning=_("One product of the chain, with the factors of today."),
        is_estimate=measure is Measure.EMISSION and not figure.is_unknown,
        formula_words=words.get(measure, str(TOTAL_WORDS[measure])),
        inputs=work_rows(way) if measure is Measure.WORK else (),
        samples=() if measure is Measure.WORK else stretch_rows(way),
        chain_name=chain.name,
        chain_url=reverse("ketens:chain", args=[chain.slug]),
    )


def stretch_rows(way: ProductWay) -> tuple[Row, ...]:
    """Return the stretches of a product as links to their own pages."""
    return tuple(
        Row(
            leg.vehicle,
            say_per_kilo(result),
            reverse("ketens:provenance", args=[leg.public_id]),
        )
        for leg, result in zip(way.legs, way.results, strict=True)
    )


def work_rows(way: ProductWay) -> tuple[Row, ...]:
    """Return the agreements on social work, each with its source."""
    return tuple(Row(row.description, row.source) for row in way.work)
