"""Products with an approved food, as the records that PACT footprints are built from."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q

from ketens.domain.booking import Result, UsedFactor, emission_of_leg
from ketens.domain.exchange.pact import FactorSource, FootprintRecord
from ketens.domain.footprint import ADDS_OWN_STAGES, STAGE_OF
from ketens.models import (
    ChainProduct,
    ChainStatus,
    FactorSet,
    FoodMatch,
    FootprintBasis,
    Leg,
    MatchQuality,
)
from ketens.queries.routes import (
    Route,
    RouteMember,
    Way,
    build_route,
    get_factors_on,
    get_members,
)

KILO_G = 1000
# Databases whose farm stage stands apart: what goes beyond the gate fits no PACT footprint.
TO_THE_GATE = [key for key, adds_own in ADDS_OWN_STAGES.items() if adds_own]


def list_footprints(*, today: date) -> tuple[FootprintRecord, ...]:
    """Return the footprints that can be given today, by product; eight queries at most.

    Left out: a product without an approved food or chosen database, one whose database
    goes beyond the gate, and one with a stretch to its maker that is not known.
    """
    products = list(
        ChainProduct.objects.filter(removed_at__isnull=True, chain__status=ChainStatus.RUNNING)
        .select_related("maker__enterprise")
        .order_by("product_ref")
    )
    bases = get_bases({product.chain_id for product in products}, today)
    matches = get_matches({product.product_ref for product in products})
    pairs = [
        (product, match)
        for product in products
        if product.chain_id in bases
        and (match := matches.get((product.product_ref, bases[product.chain_id].key)))
        and match.factor is not None
        and match.factor.factor_set_id == bases[product.chain_id].pk
        and match.factor.scope == STAGE_OF[match.database]
    ]
    routes = get_routes_to_makers([product for product, _match in pairs], today)
    titles = get_titles()
    found = []
    for product, match in pairs:
        results = [emission_of_leg(KILO_G, leg) for leg in routes[product.pk].legs]
        if all(result.value is not None for result in results):
            found.append(build_record(product, match, results, titles))
    return tuple(found)


def get_bases(chain_ids: set[int], today: date) -> dict[int, FactorSet]:
    """Return the database that each chain counts with, if it stops at the gate; one query."""
    rows = FootprintBasis.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        chain__in=chain_ids,
        valid_from__lte=today,
        factor_set__key__in=TO_THE_GATE,
    ).select_related("factor_set")
    return {row.chain_id: row.factor_set for row in rows}


def get_matches(product_refs: set[str]) -> dict[tuple[str, str], FoodMatch]:
    """Return the approved foods that stand, by product and database; one query."""
    rows = (
        FoodMatch.objects.filter(product_ref__in=product_refs, superseded_by__isnull=True)
        .exclude(quality=MatchQuality.NONE)
        .select_related("factor__factor_set")
    )
    return {(row.product_ref, row.database): row for row in rows}


def get_titles() -> dict[str, str]:
    """Return the title of every list of factors, by the name that calculations use; one query."""
    return {f"{row.key}-{row.year}-v{row.version}": row.title for row in FactorSet.objects.all()}


def get_routes_to_makers(products: Iterable[ChainProduct], today: date) -> dict[int, Route]:
    """Return the way to the maker of every product, with today's factors; three queries."""
    products = list(products)
    chain_ids = {product.chain_id for product in products}
    legs = list(Leg.objects.filter(link__chain__in=chain_ids).select_related("link"))
    members, work = get_members(chain_ids)
    keys = {leg.factor_key for leg in legs} | {leg.infrastructure_factor_key for leg in legs}
    factors: dict[str, UsedFactor] = get_factors_on(keys - {""}, today) if keys else {}
    routes = {}
    for product in products:
        maker = RouteMember(product.maker_id, product.maker.role, product.maker.enterprise_id)
        way = Way(product.chain_id, product.maker_id, maker)
        own = [leg for leg in legs if leg.link.chain_id == product.chain_id]
        routes[product.pk] = build_route(way, own, members, work, factors)
    return routes


def build_record(
    product: ChainProduct, match: FoodMatch, results: list[Result], titles: dict[str, str]
) -> FootprintRecord:
    """Return the record of a product whose stretches are all known."""
    factor = match.factor
    if factor is None:
        raise ValueError(f"{match} names no food")
    lists = {result.factor.set_version for result in results if result.factor}
    known = [(result.value or Decimal(0), result.is_primary) for result in results]
    named = factor.factor_set
    enterprise = product.maker.enterprise
    return FootprintRecord(
        product_ref=product.product_ref,
        product_name=match.product_name,
        company_name=enterprise.trade_name,
        kvk_number=enterprise.kvk_number,
        food=factor.label_en,
        match_quality=match.quality,
        food_kg=factor.value,
        transport_kg=sum((value for value, _primary in known), Decimal(0)),
        primary_kg=sum((value for value, is_primary in known if is_primary), Decimal(0)),
        sources=(
            FactorSource(named.title, f"{named.key}-{named.year}-v{named.version}"),
            *(FactorSource(titles[name], name) for name in sorted(lists)),
        ),
        valid_from=factor.valid_from,
        valid_to=factor.valid_to,
        created_at=max(match.approved_at, named.loaded_at),
    )
