"""Open the shops of the demo and fill their shelves, each once."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from dorpen.register.models import Enterprise
from winkelstraat.bridges.demo.stories import Story, read_clock, read_shops
from winkelstraat.bridges.demo.world import World, make_enterprise, make_members
from winkelstraat.delivery.models import PickupPoint
from winkelstraat.payments.operations import connect_account
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.categories import load_categories
from winkelstraat.shop.operations.listings import ListingDraft, publish_listing
from winkelstraat.shop.operations.photos import draw_photo, show_photo
from winkelstraat.shop.operations.sellers import ShopDraft, open_shop, set_opening_hours
from winkelstraat.shop.queries.categories import list_categories

OPEN_FOR_DAYS = 120


def make_shops(world: World) -> Iterator[str]:
    """Open every shop with its listings, one transaction each; yield a line for each."""
    load_categories(path=settings.PROJECT_DIR / "fixtures" / "reference" / "categories.yaml")
    categories = {category.slug: category.id for category in list_categories()}
    points = dict(PickupPoint.objects.values_list("village_id", "pk"))
    for row in read_shops():
        with transaction.atomic():
            enterprise = make_enterprise(world, row)
            made = 0
            seller = SellerProfile.objects.filter(slug=row["slug"]).first()
            if seller is None:
                make_members(world, enterprise, row)
                seller = make_shop(world, row, enterprise, points.get(enterprise.village_id))
            known = set(seller.listings.values_list("title", flat=True))
            for listing in row["listings"]:
                if listing["title"] not in known:
                    make_listing(world, seller, listing, categories)
                    made += 1
        yield f"{row['name']}: {made} of {len(row['listings'])} listings new"


def make_shop(
    world: World, row: Story, enterprise: Enterprise, point_id: int | None
) -> SellerProfile:
    """Open a shop with its hours and an account at the payment provider."""
    delivery = row.get("delivery")
    draft = ShopDraft(
        name=row["name"],
        slug=row["slug"],
        tagline=row["tagline"],
        story=row["story"].strip(),
        pickup_instructions=row["pickup_instructions"],
        pickup_point_id=point_id,
        delivers=delivery is not None,
        delivery_price_cents=delivery["price_cents"] if delivery else 0,
        minimum_order_cents=row.get("minimum_order_cents", 0),
        lead_time_hours=row["lead_time_hours"],
    )
    seller = open_shop(enterprise=enterprise, draft=draft)
    stretches = [
        OpenStretch(day, read_clock(hours["opens"]), read_clock(hours["closes"]))
        for hours in row["hours"]
        for day in hours["days"]
    ]
    checked_on = world.now.date() - timedelta(days=row["hours_checked_days_ago"])
    set_opening_hours(seller=seller, stretches=stretches, checked_on=checked_on)
    connect_account(
        enterprise_id=enterprise.pk,
        external_id=f"acct_demo{enterprise.kvk_number}",
        transfers_status="active",
        now=world.now - timedelta(days=OPEN_FOR_DAYS),
    )
    return seller


def make_listing(
    world: World, seller: SellerProfile, row: Story, categories: dict[str, int]
) -> Listing:
    """Publish one listing."""
    origin = world.village(row["origin"]).id if "origin" in row else None
    draft = ListingDraft(
        title=row["title"],
        category_id=categories[row["category"]],
        unit=row["unit"],
        net_quantity=Decimal(row["net_quantity"]),
        net_unit=row["net_unit"],
        price_cents=row["price_cents"],
        vat_class=row["vat"],
        stock=row["stock"],
        description=row["text"],
        mass_g=row["mass_g"],
        withdrawal_class=row["withdrawal"],
        alcohol_class=row["alcohol"],
        maker=row.get("maker", seller.name),
        origin_village_id=origin,
        ingredients=row.get("ingredients", ""),
        allergens=row["allergens"],
        season_months=row["season"],
    )
    published_at = world.now - timedelta(days=OPEN_FOR_DAYS, minutes=-seller.listings.count())
    return publish_listing(seller=seller, draft=draft, now=published_at)


def draw_pictures() -> Iterator[str]:
    """Give every listing of the demo without a picture its drawing; yield a line for each."""
    rows = {(shop["slug"], row["title"]): row for shop in read_shops() for row in shop["listings"]}
    bare = Listing.objects.filter(picture_path="").select_related("seller").order_by("pk")
    listings = [each for each in bare if (each.seller.slug, each.title) in rows]
    for number, listing in enumerate(listings, start=1):
        row = rows[listing.seller.slug, listing.title]
        photo = draw_photo(code=row["picture"], ground=row["ground"], title=row["title"])
        show_photo(listing=listing, photo=photo)
        yield f"{number} of {len(listings)} pictures"
