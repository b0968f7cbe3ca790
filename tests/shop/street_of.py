"""Thousands of listings at once, by SQL, for tests of size and for the bench.

The rows are what `publish_listing` writes; a test holds the two against each other.
"""

from datetime import UTC, date, datetime, time

from django.db import connection

from tests.builders import build_category, build_listing, build_seller, build_village
from winkelstraat.delivery.models import PickupPoint, PickupWindow
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.sellers import set_opening_hours

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SHELVES = ("brood-en-gebak", "kaas", "groente-en-fruit", "zuivel-en-eieren", "koffie-en-thee")
SHOPS = 40
COPY = """
WITH model AS (SELECT * FROM shop_listing WHERE id = %(model)s),
numbers AS (
    SELECT number,
           (%(sellers)s::bigint[])[1 + number %% array_length(%(sellers)s::bigint[], 1)] AS seller,
           (%(shelves)s::bigint[])[1 + number %% array_length(%(shelves)s::bigint[], 1)] AS shelf,
           'Soort' || (number %% 500) || ' nummer' || number AS title
    FROM generate_series(1, %(count)s) AS number
),
products AS (
    INSERT INTO catalogue_product
        (structure, is_public, title, slug, product_class_id, is_discountable, description,
         meta_title, meta_description, upc, date_created, date_updated, priority)
    SELECT 'standalone', true, numbers.title, 'soort', old.product_class_id, true, '', '', '',
           'n' || number, now(), now(), 0
    FROM numbers, catalogue_product AS old, model WHERE old.id = model.product_id
    RETURNING id, upc
),
joined AS (
    SELECT products.id AS product, numbers.* FROM products JOIN numbers ON upc = 'n' || number
),
stock AS (
    INSERT INTO partner_stockrecord
        (product_id, partner_id, partner_sku, price_currency, price, num_in_stock,
         num_allocated, date_created, date_updated)
    SELECT product, seller.partner_id, 'n' || number, 'EUR', 3.40, 10, 0, now(), now()
    FROM joined JOIN shop_sellerprofile AS seller ON seller.id = joined.seller
)
INSERT INTO shop_listing
    (product_id, seller_id, village_id, category_id, title, slug, description, unit,
     net_quantity, net_unit, mass_g, price_cents, vat_class, withdrawal_class, alcohol_class,
     maker, origin_village_id, ingredients, allergens, season_months, status, published_at,
     made_by_shop, manufacturer_name, manufacturer_address, manufacturer_email,
     safety_warning, batch_code, version, deposit_cents, sold_by_weight, pieces,
     unit_price_cents, unit_price_per, picture_path, picture_large_path, picture_ground,
     search_vector)
SELECT product, joined.seller, seller.village_id, shelf, joined.title, 'soort', '', model.unit,
       model.net_quantity, model.net_unit, model.mass_g, model.price_cents, model.vat_class,
       model.withdrawal_class, model.alcohol_class, seller.name, model.origin_village_id,
       model.ingredients, model.allergens, model.season_months, 'published',
       model.published_at - number * interval '1 minute', true, '', '', '', '', '', 1, 0, false, 1,
       model.unit_price_cents,
       model.unit_price_per, 'images/model.width-320.webp', 'images/model.width-640.webp',
       '#f3e3c3',
       setweight(to_tsvector('dutch', joined.title), 'A')
       || setweight(to_tsvector('simple', joined.title), 'A')
       || setweight(to_tsvector('dutch', seller.name), 'B')
FROM joined JOIN shop_sellerprofile AS seller ON seller.id = joined.seller, model
"""


def fill_street(count: int) -> None:
    """Write `count` listings in 40 shops of 8 villages, and let the planner count them."""
    sellers = _open_shops()
    model = build_listing("Voorbeeld", seller=sellers[0], now=NOW)
    Listing.objects.filter(pk=model.pk).update(picture_path="images/model.width-320.webp")
    values = {
        "model": model.pk,
        "count": count - 1,
        "sellers": [seller.pk for seller in sellers],
        "shelves": [build_category(slug) for slug in SHELVES],
    }
    with connection.cursor() as cursor:
        cursor.execute(COPY, values)
        cursor.execute(
            "ANALYZE shop_listing, shop_sellerprofile, partner_stockrecord, catalogue_product"
        )


def _open_shops() -> list[SellerProfile]:
    villages = [
        build_village(f"Dorp {number}", latitude=52.8 + number / 50, longitude=6.5)
        for number in range(8)
    ]
    points = [
        PickupPoint.objects.create(
            name=f"Dorpshuis {village.name}",
            slug=village.slug,
            village=village,
            street_address="Brink 2",
            postcode="9331 AA",
            latitude=village.latitude,
            longitude=village.longitude,
        )
        for village in villages
    ]
    PickupWindow.objects.bulk_create(
        PickupWindow(pickup_point=point, weekday=day, opens_at=time(16), closes_at=time(18))
        for point in points
        for day in (2, 5)
    )
    week = [OpenStretch(day, time(8), time(17)) for day in range(1, 7)]
    sellers = []
    for number in range(SHOPS):
        seller = build_seller(
            f"Winkel {number}",
            village=villages[number % 8],
            pickup_point_id=points[number % 8].pk,
        )
        set_opening_hours(seller=seller, stretches=week, checked_on=date(2026, 11, 1))
        sellers.append(seller)
    return sellers
