"""The way that a product travels, with the factors of the day: what a booking needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from ketens.domain.booking import RouteLeg, UsedFactor
from ketens.domain.graph import edges_of_product
from ketens.domain.transport import Method
from ketens.models import ChainMember, ChainProduct, ChainStatus, Factor, Leg, Role, SocialWork

SELLING_ORDER = [Role.SHOP, Role.MAKER, Role.GROWER, Role.SOCIAL_WORKPLACE, Role.CARRIER]


@dataclass(frozen=True, slots=True)
class RouteLink:
    """Two members between whom goods of the product go; a member is its role and id."""

    link_id: int
    from_member: tuple[str, int]
    to_member: tuple[str, int]
    grams_per_kg_sold: int


@dataclass(frozen=True, slots=True)
class WorkRate:
    """How much social work goes into a kilo or a piece."""

    work_id: int
    member_id: int
    per_kg: Decimal | None
    per_piece: Decimal | None


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one product of one chain to one seller."""

    chain_id: int
    seller: tuple[str, int]
    links: tuple[RouteLink, ...]
    legs: tuple[RouteLeg, ...]
    work: tuple[WorkRate, ...]


def get_factors_on(keys: Iterable[str], on: date) -> dict[str, UsedFactor]:
    """Return the factors that hold on a day, by key, from the highest version loaded.

    A key without a factor for that day is left out: what needs it is unknown.
    """
    rows = Factor.objects.filter(
        key__in=set(keys), valid_from__lte=on, valid_to__gte=on
    ).select_related("factor_set")
    found: dict[str, UsedFactor] = {}
    for row in rows.order_by("factor_set__year", "factor_set__version"):
        named = row.factor_set
        found[row.key] = UsedFactor(
            factor_id=row.pk,
            key=row.key,
            value=row.value,
            unit=row.unit,
            set_version=f"{named.key}-{named.year}-v{named.version}",
        )
    return found


def get_routes(
    *, product_refs: Iterable[str], enterprise_id: int, on: date, extra_keys: Iterable[str] = ()
) -> tuple[dict[str, Route], dict[str, UsedFactor]]:
    """Return the route of every product that ran in a chain of this seller on that day.

    A product in no chain, or sold by someone outside its chain, has no route. The
    factors come along, those of `extra_keys` too. Five queries, one when no product
    runs in a chain and no extra key is asked.
    """
    products = list(
        ChainProduct.objects.filter(
            Q(chain__ended_on__isnull=True) | Q(chain__ended_on__gte=on),
            ~Q(chain__status=ChainStatus.IDEA),
            product_ref__in=set(product_refs),
            removed_at__isnull=True,
            chain__started_on__lte=on,
        )
    )
    chain_ids = {product.chain_id for product in products}
    legs = list(Leg.objects.filter(link__chain__in=chain_ids).select_related("link"))
    members = list(ChainMember.objects.filter(chain__in=chain_ids)) if chain_ids else []
    work = list(SocialWork.objects.filter(chain__in=chain_ids)) if chain_ids else []
    keys = {leg.factor_key for leg in legs} | {leg.infrastructure_factor_key for leg in legs}
    wanted = (keys | set(extra_keys)) - {""}
    factors = get_factors_on(wanted, on) if wanted else {}
    routes = {}
    for product in products:
        chain_members = [member for member in members if member.chain_id == product.chain_id]
        seller = find_seller(chain_members, enterprise_id)
        if seller is not None:
            routes[product.product_ref] = build_route(
                product,
                seller,
                {member.pk: member for member in chain_members},
                [leg for leg in legs if leg.link.chain_id == product.chain_id],
                ([rate for rate in work if rate.chain_id == product.chain_id], factors),
            )
    return routes, factors


def find_seller(members: list[ChainMember], enterprise_id: int) -> ChainMember | None:
    """Return the member by which an enterprise sells: as shop if it is one, else as maker."""
    own = [
        member
        for member in members
        if member.enterprise_id == enterprise_id and member.role in SELLING_ORDER
    ]
    return min(own, key=lambda member: SELLING_ORDER.index(Role(member.role)), default=None)


def build_route(
    product: ChainProduct,
    seller: ChainMember,
    members: dict[int, ChainMember],
    legs: list[Leg],
    extras: tuple[list[SocialWork], dict[str, UsedFactor]],
) -> Route:
    """Put together the links, legs and work on the way of a product to its seller."""
    work, factors = extras
    edges = list({(leg.link.from_member_id, leg.link.to_member_id) for leg in legs})
    used = set(edges_of_product(edges, product.maker_id, seller.pk))
    on_route = [leg for leg in legs if (leg.link.from_member_id, leg.link.to_member_id) in used]
    links = {leg.link_id: leg.link for leg in on_route}
    passed = {node for edge in used for node in edge} | {seller.pk, product.maker_id}
    return Route(
        chain_id=product.chain_id,
        seller=(seller.role, seller.pk),
        links=tuple(
            RouteLink(
                link.pk,
                (members[link.from_member_id].role, link.from_member_id),
                (members[link.to_member_id].role, link.to_member_id),
                link.grams_per_kg_sold,
            )
            for link in links.values()
        ),
        legs=tuple(build_leg(leg, factors) for leg in on_route),
        work=tuple(
            WorkRate(rate.pk, rate.member_id, rate.minutes_per_kg, rate.minutes_per_piece)
            for rate in work
            if rate.member_id in passed or members[rate.member_id].role == Role.SOCIAL_WORKPLACE
        ),
    )


def build_leg(leg: Leg, factors: dict[str, UsedFactor]) -> RouteLeg:
    """Return a leg with the factors of the day."""
    return RouteLeg(
        leg_id=leg.pk,
        link_id=leg.link_id,
        grams_per_kg_sold=leg.link.grams_per_kg_sold,
        method=Method(leg.method),
        distance_m=leg.distance_m,
        typical_load_g=leg.typical_load_g,
        empty_share=leg.empty_share,
        consumption_per_km=leg.consumption_per_km,
        factor=factors.get(leg.factor_key),
        infrastructure=factors.get(leg.infrastructure_factor_key),
        wants_infrastructure=bool(leg.infrastructure_factor_key),
    )
