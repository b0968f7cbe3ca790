"""The way that a product travels, with the factors of the day: what a booking needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from ketens.domain.booking import RouteLeg, UsedFactor
from ketens.domain.graph import edges_of_product
from ketens.domain.transport import Method
from ketens.models import ChainMember, ChainProduct, ChainStatus, Factor, Leg, Role

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
class RouteMember:
    """A member as a route needs it."""

    member_id: int
    role: str
    enterprise_id: int


@dataclass(frozen=True, slots=True)
class Way:
    """From which member to which seller a product goes."""

    chain_id: int
    maker_id: int
    seller: RouteMember


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
    factors come along, those of `extra_keys` too. Four queries, one when no product runs in
    a chain and no extra key is asked.
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
    members, work = get_members(chain_ids)
    keys = {leg.factor_key for leg in legs} | {leg.infrastructure_factor_key for leg in legs}
    wanted = (keys | set(extra_keys)) - {""}
    factors = get_factors_on(wanted, on) if wanted else {}
    routes = {}
    for product in products:
        seller = find_seller(members[product.chain_id], enterprise_id)
        if seller is not None:
            links = [leg for leg in legs if leg.link.chain_id == product.chain_id]
            way = Way(product.chain_id, product.maker_id, seller)
            routes[product.product_ref] = build_route(way, links, members, work, factors)
    return routes, factors


def get_members(
    chain_ids: set[int],
) -> tuple[dict[int, list[RouteMember]], dict[int, list[WorkRate]]]:
    """Return the members and the social work of chains, by chain; one query."""
    members: dict[int, dict[int, RouteMember]] = {chain_id: {} for chain_id in chain_ids}
    work: dict[int, list[WorkRate]] = {chain_id: [] for chain_id in chain_ids}
    rows = ChainMember.objects.filter(chain__in=chain_ids).values_list(
        "chain_id",
        "pk",
        "role",
        "enterprise_id",
        "social_work__pk",
        "social_work__minutes_per_kg",
        "social_work__minutes_per_piece",
    )
    for chain_id, member_id, role, enterprise_id, work_id, per_kg, per_piece in rows:
        members[chain_id][member_id] = RouteMember(member_id, role, enterprise_id)
        if work_id is not None:
            work[chain_id].append(WorkRate(work_id, member_id, per_kg, per_piece))
    return {chain_id: list(found.values()) for chain_id, found in members.items()}, work


def find_seller(members: list[RouteMember], enterprise_id: int) -> RouteMember | None:
    """Return the member by which an enterprise sells: as shop if it is one, else as maker."""
    own = [
        member
        for member in members
        if member.enterprise_id == enterprise_id and member.role in SELLING_ORDER
    ]
    return min(own, key=lambda member: SELLING_ORDER.index(Role(member.role)), default=None)


def build_route(
    way: Way,
    legs: list[Leg],
    members: dict[int, list[RouteMember]],
    work: dict[int, list[WorkRate]],
    factors: dict[str, UsedFactor],
) -> Route:
    """Put together the links, legs and work on the way of a product to its seller."""
    roles = {member.member_id: member.role for member in members[way.chain_id]}
    edges = list({(leg.link.from_member_id, leg.link.to_member_id) for leg in legs})
    used = set(edges_of_product(edges, way.maker_id, way.seller.member_id))
    on_route = [leg for leg in legs if (leg.link.from_member_id, leg.link.to_member_id) in used]
    links = {leg.link_id: leg.link for leg in on_route}
    passed = {node for edge in used for node in edge} | {way.seller.member_id, way.maker_id}
    return Route(
        chain_id=way.chain_id,
        seller=(way.seller.role, way.seller.member_id),
        links=tuple(
            RouteLink(
                link.pk,
                (roles[link.from_member_id], link.from_member_id),
                (roles[link.to_member_id], link.to_member_id),
                link.grams_per_kg_sold,
            )
            for link in links.values()
        ),
        legs=tuple(build_leg(leg, factors) for leg in on_route),
        work=tuple(
            rate
            for rate in work[way.chain_id]
            if rate.member_id in passed or roles[rate.member_id] == Role.SOCIAL_WORKPLACE
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
        consumption_per_tkm=leg.consumption_per_tkm,
        factor=factors.get(leg.factor_key),
        infrastructure=factors.get(leg.infrastructure_factor_key),
        wants_infrastructure=bool(leg.infrastructure_factor_key),
    )
