"""Set up the chains of the demo: members, legs, products and social work, each once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from dorpen.register.models import Enterprise
from ketens.domain.transport import Method
from ketens.models import Chain, ChainMember
from ketens.operations import add_leg, add_member, add_product, add_social_work, create_chain
from ketens.operations.chains import Transport
from winkelstraat.bridges.demo.stories import Story, read_table
from winkelstraat.bridges.demo.world import World, make_enterprise
from winkelstraat.shop.models import Listing

Members = dict[str, ChainMember]


def make_chains(world: World) -> int:
    """Set up the chains that are not there; return how many the demo has."""
    for row in read_table("partners"):
        make_enterprise(world, row)
    rows = read_table("chains")
    known = set(Chain.objects.values_list("slug", flat=True))
    for row in rows:
        if row["slug"] not in known:
            make_chain(world, row)
    return len(rows)


@transaction.atomic
def make_chain(world: World, row: Story) -> None:
    """Set up one chain."""
    chain = create_chain(
        slug=row["slug"],
        name=row["name"],
        summary=row["summary"],
        story=row["story"].strip().replace("\n", "\n\n"),
        started_on=world.now.date() - timedelta(days=row["started_days_ago"]),
    )
    enterprises = {enterprise.slug: enterprise for enterprise in Enterprise.objects.all()}
    members = {
        member["key"]: add_member(
            chain=chain,
            enterprise=enterprises[member["enterprise"]],
            role=member["role"],
            contribution=member["contribution"],
        )
        for member in row["members"]
    }
    for leg in row["legs"]:
        add_leg(
            chain=chain,
            from_member=members[leg["from"]],
            to_member=members[leg["to"]],
            transport=read_transport(leg),
            grams_per_kg_sold=leg.get("grams_per_kg_sold", 1000),
        )
    for product in row["products"]:
        listing = Listing.objects.get(seller__slug=product["shop"], title=product["title"])
        add_product(chain=chain, product_ref=str(listing.pk), maker=members[product["maker"]])
    for work in row.get("social_work", []):
        add_work(chain, members, work)


def read_transport(leg: Story) -> Transport:
    """Return how goods travel on a leg; what nobody knows stays None."""
    return Transport(
        vehicle=leg["vehicle"],
        method=Method(leg["method"]),
        factor_key=leg["factor"],
        infrastructure_factor_key=leg.get("infrastructure", ""),
        distance_m=leg["distance_m"],
        distance_source=leg["distance_source"],
        typical_load_g=leg.get("typical_load_g"),
        load_source=leg.get("load_source", ""),
        empty_share=Decimal(leg.get("empty_share", "0")),
        consumption_per_km=read_decimal(leg.get("consumption_per_km")),
        consumption_source=leg.get("consumption_source", ""),
    )


def add_work(chain: Chain, members: Members, work: Story) -> None:
    """Record the social work of one member."""
    add_social_work(
        chain=chain,
        member=members[work["member"]],
        description=work["description"],
        source=work["source"],
        minutes_per_kg=read_decimal(work.get("minutes_per_kg")),
        minutes_per_piece=read_decimal(work.get("minutes_per_piece")),
    )


def read_decimal(text: Any) -> Decimal | None:
    """Return an exact number, or None where nothing is told."""
    return None if text is None else Decimal(str(text))
