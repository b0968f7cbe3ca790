"""Write what is offered into its tables: one thing or hundreds, in the same few statements.

Stock and search words go by one statement each with a list beside it; what buyers hold is
never touched.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.text import slugify
from oscar.apps.catalogue.models import Product, ProductClass
from oscar.apps.partner.models import StockRecord

from winkelstraat.shop.domain.unit_price import unit_price
from winkelstraat.shop.domain.words import compound_heads
from winkelstraat.shop.models import Listing, PriceChange, SellerProfile
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.drafts import ListingDraft
from winkelstraat.shop.operations.prices import renew_pages
from winkelstraat.shop.queries.search import fold

PRODUCT_CLASS = "Listing"
FOLLOWS = ("slug", "village", "status", "unit_price_cents", "unit_price_per", "published_at")
KEPT = ("prior_price_cents", "version")

# Weights as `domain.ranking` tells. Words stand as Dutch stems, and as they are without
# accents for a search half typed.
INDEX = """
    UPDATE shop_listing AS listing SET search_vector =
        setweight(to_tsvector('dutch', new.title), 'A')
        || setweight(to_tsvector('simple', new.plain_title), 'A')
        || setweight(to_tsvector('dutch', new.heads), 'B')
        || setweight(to_tsvector('dutch', new.names), 'B')
        || setweight(to_tsvector('simple', new.plain_names), 'B')
        || setweight(to_tsvector('dutch', new.description), 'C')
        || setweight(to_tsvector('dutch', new.ingredients), 'D')
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::text[], %s::text[])
        AS new(id, title, plain_title, heads, names, plain_names, description, ingredients)
    WHERE listing.id = new.id
"""
STOCK = """
    UPDATE partner_stockrecord AS stock SET
        price = new.price,
        num_in_stock = CASE
            WHEN new.seen IS NULL THEN coalesce(num_allocated, 0) + new.available
            ELSE greatest(coalesce(num_allocated, 0), num_in_stock + new.available - new.seen)
        END
    FROM unnest(%s::bigint[], %s::numeric[], %s::integer[], %s::integer[])
        AS new(product_id, price, available, seen)
    WHERE stock.product_id = new.product_id
"""


@dataclass(frozen=True)
class Offered:
    """One thing to write, checked before; `listing` is its locked row, None when it is new.

    With `seen_stock` only the difference with it counts. A `prior_price_cents` brings back
    an offer that ran before: what its "van" said, as it was computed then.
    """

    draft: ListingDraft
    category_name: str
    listing: Listing | None = None
    seen_stock: int | None = None
    status: str = ListingStatus.PUBLISHED
    prior_price_cents: int | None = None


def write_offers(
    *, seller: SellerProfile, offers: Sequence[Offered], now: datetime
) -> list[Listing]:
    """Write these things in one go and return their listings in the same order.

    Call it in a transaction, with every listing in it locked.
    """
    if not offers:
        return []
    rows = [(one, one.listing or Listing(seller=seller)) for one in offers]
    priced = [(one, row) for one, row in rows if row.price_cents != one.draft.price_cents]
    renamed = [row for one, row in rows if row.pk and row.title != one.draft.title]
    for one, row in rows:
        row.seller = seller
        _fill(row, one, seller, now)
    _begin([row for _one, row in rows if row.pk is None])
    _renew([row for one, row in rows if one.listing is not None])
    _note_prices(priced, now)
    for row in renamed:
        Product.objects.filter(pk=row.product_id).update(title=row.title)
    _write_stock(rows)
    index_listings([(row, one.category_name) for one, row in rows])
    renew_pages(seller.pk)
    return [row for _one, row in rows]


def index_listings(rows: Sequence[tuple[Listing, str]]) -> None:
    """Write the search words of listings, each with the name of its category."""
    lines = [_words_of(listing, category) for listing, category in rows]
    with connection.cursor() as cursor:
        cursor.execute(INDEX, [list(column) for column in zip(*lines, strict=True)])


def _fill(row: Listing, one: Offered, seller: SellerProfile, now: datetime) -> None:
    draft = one.draft
    if row.price_cents != draft.price_cents:
        row.prior_price_cents = one.prior_price_cents
    for name, value in asdict(draft).items():
        if name != "stock":
            setattr(row, name, value)
    compared = unit_price(price_cents=draft.price_cents, content=draft.content)
    row.unit_price_cents = compared.cents if compared else None
    row.unit_price_per = compared.per if compared else ""
    row.slug = slugify(draft.title) or "aanbod"
    row.village_id = seller.village_id
    row.status = one.status
    row.published_at = row.published_at or now
    if row.pk is not None:
        row.version += 1


def _begin(rows: list[Listing]) -> None:
    """Write the rows of what is new, Oscar's product and stock record with each."""
    if not rows:
        return
    kind, _made = ProductClass.objects.get_or_create(
        name=PRODUCT_CLASS, defaults={"requires_shipping": True, "track_stock": True}
    )
    products = Product.objects.bulk_create(
        Product(structure=Product.STANDALONE, product_class=kind, title=row.title, slug=row.slug)
        for row in rows
    )
    for row, product in zip(rows, products, strict=True):
        row.product = product
    Listing.objects.bulk_create(rows)
    StockRecord.objects.bulk_create(
        StockRecord(
            product_id=row.product_id,
            partner_id=row.seller.partner_id,
            partner_sku=str(row.pk),
            price_currency="EUR",
            num_in_stock=0,
            num_allocated=0,
        )
        for row in rows
    )


def _renew(rows: list[Listing]) -> None:
    """Bring the rows of what was there up to date in one statement."""
    if not rows:
        return
    typed = [name for name in ListingDraft.__dataclass_fields__ if name != "stock"]
    columns = [name.removesuffix("_id") for name in typed]
    Listing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*columns, *FOLLOWS, *KEPT],
    )


def _note_prices(rows: Sequence[tuple[Offered, Listing]], now: datetime) -> None:
    """Keep what each costs from now on (PRI-02)."""
    PriceChange.objects.bulk_create(
        PriceChange(
            listing=row,
            at=now,
            price_cents=row.price_cents,
            is_offer=one.prior_price_cents is not None,
        )
        for one, row in rows
    )


def _write_stock(rows: Sequence[tuple[Offered, Listing]]) -> None:
    lines = [
        (
            row.product_id,
            Decimal(one.draft.price_cents) / 100,
            one.draft.stock,
            None if one.listing is None else one.seen_stock,
        )
        for one, row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(STOCK, [list(column) for column in zip(*lines, strict=True)])


def _words_of(listing: Listing, category_name: str) -> tuple[Any, ...]:
    seller = listing.seller
    names = " ".join((listing.maker, seller.name, category_name, seller.village.name))
    return (
        listing.pk,
        listing.title,
        fold(listing.title),
        " ".join(compound_heads(f"{listing.title} {listing.ingredients}")),
        names,
        fold(names),
        listing.description,
        listing.ingredients,
    )
