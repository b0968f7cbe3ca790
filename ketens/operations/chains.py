"""Set up a chain: its members, the legs between them, its products and its work.

Adding a leg locks the chain's row, so two people who each add half of a circle at the
same moment cannot both succeed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from dorpen.register.models import Enterprise
from ketens.domain.graph import check_new_edge
from ketens.domain.transport import FACTOR_UNITS, Method, quality_of
from ketens.domain.units import UnlikeUnits
from ketens.models import (
    Chain,
    ChainLink,
    ChainMember,
    ChainProduct,
    ChainStatus,
    Factor,
    Leg,
    Role,
    SocialWork,
)

# Whole amounts: well to wheel, and plant with supply chain.
WHOLE_SCOPES = {"wtw", "total"}


class MemberOfAnotherChain(Exception):
    """A link, product or work names a member that belongs to another chain."""


class FactorUnknown(Exception):
    """No loaded factor set knows this key."""


class WrongScope(Exception):
    """Biogenic, partial and other amounts stand apart and are never booked as the whole."""


@dataclass(frozen=True, slots=True)
class Transport:
    """How goods travel on a leg.

    `factor_key` is without its year (``bestelauto_lt2t.wtw``). A default per tonne-km
    needs a distance only; a default per vehicle-km and a modelled leg need a typical
    load too, and take `empty_share` of the vehicle's kilometres as driven empty.
    A distance or load that nobody knows is None, and what follows from it unknown.
    """

    vehicle: str
    method: Method
    factor_key: str
    distance_m: int | None
    distance_source: str
    typical_load_g: int | None = None
    load_source: str = ""
    empty_share: Decimal = Decimal(0)
    consumption_per_km: Decimal | None = None
    consumption_source: str = ""
    infrastructure_factor_key: str = ""


def create_chain(
    *,
    slug: str,
    name: str,
    summary: str,
    started_on: date,
    story: str = "",
    status: str = "running",
) -> Chain:
    """Create a chain without members; `story` is plain text in paragraphs."""
    return Chain.objects.create(
        slug=slug,
        name=name,
        summary=summary,
        story=story,
        started_on=started_on,
        status=ChainStatus(status),
    )


def add_member(
    *, chain: Chain, enterprise: Enterprise, role: str, contribution: str = ""
) -> ChainMember:
    """Let an enterprise take part in a role; `contribution` says in a line what it does."""
    return ChainMember.objects.create(
        chain=chain, enterprise=enterprise, role=Role(role), contribution=contribution
    )


@transaction.atomic
def add_leg(
    *,
    chain: Chain,
    from_member: ChainMember,
    to_member: ChainMember,
    transport: Transport,
    grams_per_kg_sold: int = 1000,
) -> Leg:
    """Add a stretch of transport between two members, and their link when it is new.

    :raises ChainWouldRunInACircle: when goods would come back to where they were.
    :raises MemberOfAnotherChain: when a member is not of this chain.
    :raises SpendBasedRefused: when the method is spend-based.
    :raises FactorUnknown: when no factor set is loaded that knows the factor.
    :raises UnlikeUnits: when the factor's unit does not suit the method.
    :raises WrongScope: when the factor is not of the whole way from source to wheel.
    """
    quality_of(transport.method)
    check_factor(transport)
    Chain.objects.select_for_update().get(pk=chain.pk)
    check_membership(chain, from_member, to_member)
    edges = list(
        ChainLink.objects.filter(chain=chain).values_list("from_member_id", "to_member_id")
    )
    check_new_edge(edges, (from_member.pk, to_member.pk))
    link, _ = ChainLink.objects.get_or_create(
        chain=chain,
        from_member=from_member,
        to_member=to_member,
        defaults={"grams_per_kg_sold": grams_per_kg_sold},
    )
    return Leg.objects.create(
        link=link,
        position=link.legs.count() + 1,
        **{name: getattr(transport, name) for name in Transport.__dataclass_fields__},
    )


def add_product(*, chain: Chain, product_ref: str, maker: ChainMember) -> ChainProduct:
    """Say that a product of the shop is made by this member of this chain.

    :raises MemberOfAnotherChain: when the maker is not of this chain.
    """
    check_membership(chain, maker)
    return ChainProduct.objects.create(chain=chain, product_ref=product_ref, maker=maker)


def add_social_work(
    *,
    chain: Chain,
    member: ChainMember,
    description: str,
    source: str,
    minutes_per_kg: Decimal | None = None,
    minutes_per_piece: Decimal | None = None,
) -> SocialWork:
    """Record how much social work goes into a kilo or a piece; exactly one of both.

    :raises MemberOfAnotherChain: when the member is not of this chain.
    """
    check_membership(chain, member)
    return SocialWork.objects.create(
        chain=chain,
        member=member,
        description=description,
        source=source,
        minutes_per_kg=minutes_per_kg,
        minutes_per_piece=minutes_per_piece,
    )


def check_membership(chain: Chain, *members: ChainMember) -> None:
    """Refuse a member of another chain.

    :raises MemberOfAnotherChain: when one of them is.
    """
    for member in members:
        if member.chain_id != chain.pk:
            raise MemberOfAnotherChain(f"{member} is not in {chain}")


def check_factor(transport: Transport) -> None:
    """Refuse a factor that is not there or is written per another unit than the method needs.

    :raises FactorUnknown: when no loaded set knows its key.
    :raises UnlikeUnits: when its unit does not suit the method.
    :raises WrongScope: when it is biogenic, or only a part of the way from source to wheel.
    """
    found = set(
        Factor.objects.filter(key=transport.factor_key).values_list("unit", "scope").distinct()
    )
    if not found:
        raise FactorUnknown(transport.factor_key)
    units = {unit for unit, _scope in found}
    if not units.issubset(FACTOR_UNITS[transport.method]):
        raise UnlikeUnits(f"{transport.method} with a factor in {', '.join(sorted(units))}")
    if not {scope for _unit, scope in found}.issubset(WHOLE_SCOPES):
        raise WrongScope(transport.factor_key)
