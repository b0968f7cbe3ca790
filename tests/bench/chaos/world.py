"""Open ten shops in two villages, with plenty of most things and little of some."""

from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from tests.builders import build_enterprise, build_village
from winkelstraat.delivery.domain.windows import WeeklyWindow
from winkelstraat.delivery.operations import PickupPointDraft, open_pickup_point
from winkelstraat.payments.operations import connect_account
from winkelstraat.settings.environment import PROJECT_DIR
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.domain.vouchers import FundedBy
from winkelstraat.shop.models import Listing, SellerProfile, Voucher
from winkelstraat.shop.operations.categories import load_categories
from winkelstraat.shop.operations.listings import ListingDraft, publish_listing
from winkelstraat.shop.operations.sellers import ShopDraft, open_shop, set_opening_hours
from winkelstraat.shop.queries.categories import get_category_by_slug

SHOPS = 10
PLENTY, LITTLE = 100_000, 15
CATEGORIES = Path(PROJECT_DIR) / "fixtures" / "reference" / "categories.yaml"
# Prices that divide badly, at both rates, and one commission contract each.
OFFERS = (("boeken-en-papier", "books"), ("huis-en-klussen", "general"))
PRICES = (99, 295, 1450, 333, 2499, 1, 1007, 50, 8999)
COMMISSIONS = (0, 250, 333, 1000)
CODES = ("STRAAT10", "STRAAT500", "WINKEL25")


@dataclass(frozen=True)
class World:
    """What can be bought, and how much of each there was."""

    listings: tuple[Listing, ...]
    stock: dict[int, int]


def open_world() -> World:
    """Open the shops; each has three listings, of which one is scarce."""
    load_categories(path=CATEGORIES)
    villages = [build_village("Norg"), build_village("Diever", latitude=52.85, longitude=6.32)]
    point = open_pickup_point(
        draft=PickupPointDraft(
            name="Dorpshuis De Brinkhof",
            slug="brinkhof",
            village_id=villages[0].pk,
            street_address="Brink 2",
            postcode="9331 AB",
            latitude=53.07,
            longitude=6.46,
        ),
        windows=[WeeklyWindow(day, time(9), time(17)) for day in range(1, 8)],
    )
    listings = [
        listing
        for number in range(SHOPS)
        for listing in _open_shop(number, villages[number % 2], point.pk)
    ]
    _give_vouchers()
    return World(tuple(listings), _stock_of(listings))


def _give_vouchers() -> None:
    """Give two vouchers that the street pays and one of a shop's own."""
    now = timezone.now()
    for code, funded_by, terms in (
        (CODES[0], FundedBy.PLATFORM, {"percentage_basis_points": 1000}),
        (CODES[1], FundedBy.PLATFORM, {"amount_cents": 500}),
        (CODES[2], FundedBy.SHOP, {"percentage_basis_points": 2500}),
    ):
        seller = SellerProfile.objects.first() if funded_by == FundedBy.SHOP else None
        Voucher.objects.create(
            code=code,
            funded_by=funded_by,
            seller=seller,
            valid_from=now - timedelta(days=1),
            valid_until=now + timedelta(days=60),
            **terms,
        )


def _open_shop(number: int, village: object, point_id: int) -> list[Listing]:
    name = f"Winkel {number:02}"
    seller = open_shop(
        enterprise=build_enterprise(name, village=village),
        draft=ShopDraft(
            name=name,
            slug=f"winkel-{number:02}",
            pickup_point_id=point_id,
            commission_basis_points=COMMISSIONS[number % len(COMMISSIONS)],
        ),
    )
    stretches = [OpenStretch(day, time(0, 1), time(23, 59)) for day in range(1, 8)]
    now = timezone.now()
    set_opening_hours(seller=seller, stretches=stretches, checked_on=now.date())
    connect_account(
        enterprise_id=seller.enterprise_id,
        external_id=f"acct_chaos{number:02}",
        transfers_status="active",
        now=now,
    )
    found = []
    for place in range(3):
        category, vat_class = OFFERS[(number + place) % 2]
        row = get_category_by_slug(category)
        assert row is not None
        draft = ListingDraft(
            title=f"Ding {number:02}-{place}",
            category_id=row.id,
            unit="piece",
            net_quantity=Decimal(1),
            net_unit="piece",
            price_cents=PRICES[(number * 3 + place) % len(PRICES)],
            vat_class=vat_class,
            stock=LITTLE if place == 2 else PLENTY,
        )
        found.append(publish_listing(seller=seller, draft=draft, now=now))
    return found


def _stock_of(listings: list[Listing]) -> dict[int, int]:
    products = [listing.product_id for listing in listings]
    records = StockRecord.objects.filter(product_id__in=products)
    return dict(records.values_list("pk", "num_in_stock"))
