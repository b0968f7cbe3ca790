"""A small chain of bread to test with: a field, a mill, a bakery, its shop."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.conf import settings

from dorpen.register.models import Enterprise, Village
from ketens.domain.sales import SaleLine, SaleRecord
from ketens.domain.transport import Method
from ketens.models import Chain, ChainMember, Leg
from ketens.operations import add_leg, add_member, add_product, add_social_work, create_chain
from ketens.operations.chains import Transport
from ketens.operations.factors import load_factor_set, read_factor_folder
from tests.builders import build_enterprise, build_village

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = date(2026, 11, 19)
BREAD, COOKIES = "101", "102"
FACTORS: Path = settings.PROJECT_DIR / "fixtures" / "reference" / "factors" / "nl-2026"

VAN = Transport(
    vehicle="Bestelauto",
    method=Method.TKM_DEFAULT,
    factor_key="bestelauto_lt2t.wtw",
    distance_m=9_000,
    distance_source="kortste weg, gemeten op de kaart",
)
ROUND = Transport(
    vehicle="Bestelauto, vaste ronde",
    method=Method.VKM_DEFAULT,
    factor_key="minibus_diesel.wtw",
    distance_m=6_000,
    distance_source="kilometerstand",
    typical_load_g=120_000,
    load_source="opgave van de bakker",
    empty_share=Decimal("0.5"),
)
CARGO_BIKE = Transport(
    vehicle="Elektrische bakfiets",
    method=Method.MODELLED,
    factor_key="stroom_onbekend.total",
    infrastructure_factor_key="stroom_onbekend.infrastructure",
    consumption_per_km=Decimal("0.03"),
    consumption_source="eigen aanname",
    distance_m=5_000,
    distance_source="kaart",
    typical_load_g=50_000,
    load_source="opgave",
)


@dataclass(frozen=True)
class BreadChain:
    """The rows of the chain."""

    chain: Chain
    village: Village
    bakery: Enterprise
    shop: Enterprise
    members: dict[str, ChainMember]
    legs: dict[str, Leg]


def load_factors() -> None:
    """Load the factor set that the house ships."""
    load_factor_set(content=read_factor_folder(FACTORS), now=NOW)


def build_bread_chain() -> BreadChain:
    """Write a chain whose every leg is found in another way."""
    load_factors()
    village = build_village("Norg")
    enterprises = {
        "field": build_enterprise("Akkerbouw de Es", village=build_village("Westervelde")),
        "mill": build_enterprise("Molen de Hoop", village=village),
        "bakery": build_enterprise("Bakkerij Oost", village=build_village("Een")),
        "shop": build_enterprise("Dorpswinkel Norg", village=village),
    }
    chain = create_chain(
        slug="rogge-brood",
        name="Van rogge tot roggebrood",
        summary="Graan van de es, gemalen in Norg.",
        started_on=date(2026, 1, 1),
        story="Eerste alinea.\n\nTweede alinea.",
    )
    roles = {"field": "grower", "mill": "maker", "bakery": "maker", "shop": "shop"}
    members = {
        name: add_member(chain=chain, enterprise=enterprise, role=roles[name])
        for name, enterprise in enterprises.items()
    }
    ways = [("field", "mill", VAN, 800), ("mill", "bakery", ROUND, 760)]
    ways.append(("bakery", "shop", CARGO_BIKE, 1000))
    legs = {
        f"{tail}-{head}": add_leg(
            chain=chain,
            from_member=members[tail],
            to_member=members[head],
            transport=transport,
            grams_per_kg_sold=grams,
        )
        for tail, head, transport, grams in ways
    }
    add_product(chain=chain, product_ref=BREAD, maker=members["bakery"])
    add_social_work(
        chain=chain,
        member=members["bakery"],
        description="Leerwerkplek bakken",
        source="afspraak met de bakker",
        minutes_per_kg=Decimal(6),
    )
    return BreadChain(chain, village, enterprises["bakery"], enterprises["shop"], members, legs)


def build_sale(
    bread: BreadChain,
    *lines: SaleLine,
    source: str = "seller_order:1",
    day: date = DAY,
    pickup_distance_m: int | None = None,
    purchase_ref: UUID | None = None,
) -> SaleRecord:
    """Return a sale of the shop in the chain's village."""
    return SaleRecord(
        source=source,
        enterprise_id=bread.shop.pk,
        village_id=bread.village.pk,
        activity_date=day,
        lines=lines or (line_of_bread(),),
        pickup_distance_m=pickup_distance_m,
        purchase_ref=purchase_ref,
    )


def line_of_bread(
    mass_g: int | None = 1_600, *, line_ref: str = "7", product_ref: str = BREAD
) -> SaleLine:
    """Return two loaves of 800 g."""
    return SaleLine(product_ref, line_ref, 2, mass_g, 680)
