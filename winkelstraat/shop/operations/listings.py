"""Publish what a shop offers.

Publishing writes what lists show (unit price, picture address, search words) into the
listing's own row, so that reading a page computes nothing.
"""

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.text import slugify
from oscar.apps.catalogue.models import Product, ProductClass
from oscar.apps.partner.models import StockRecord

from winkelstraat.common.claims import Context, Evidence, Scope
from winkelstraat.payments.queries import get_vat_rate
from winkelstraat.shop.domain.duties import CannotPublish, Offer, list_missing
from winkelstraat.shop.domain.unit_price import unit_price
from winkelstraat.shop.domain.words import compound_heads
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.prices import keep_stock, note_price, renew_pages
from winkelstraat.shop.queries.categories import CategoryRow, get_category
from winkelstraat.shop.queries.search import fold

PRODUCT_CLASS = "Listing"
CLAIM_FIELDS = ("title", "description", "maker", "ingredients", "safety_warning")


@dataclass(frozen=True)
class ListingDraft:
    """One thing to offer; price in cents with VAT, mass in grams, quantity in `net_unit`."""

    title: str
    category_id: int
    unit: str
    net_quantity: Decimal
    net_unit: str
    price_cents: int
    vat_class: str
    stock: int
    description: str = ""
    mass_g: int | None = None
    withdrawal_class: str = "withdrawable"
    alcohol_class: str = "none"
    maker: str = ""
    origin_village_id: int | None = None
    ingredients: str = ""
    allergens: dict[str, str] = field(default_factory=dict)
    season_months: list[int] = field(default_factory=list)
    made_by_shop: bool = True
    manufacturer_name: str = ""
    manufacturer_address: str = ""
    manufacturer_email: str = ""
    safety_warning: str = ""
    deposit_cents: int = 0
    sold_by_weight: bool = False
    batch_code: str = ""


class EditCollides(Exception):
    """Somebody else changed the listing since this form was opened."""


@transaction.atomic
def publish_listing(
    *,
    seller: SellerProfile,
    draft: ListingDraft,
    now: datetime,
    listing: Listing | None = None,
    seen_version: int | None = None,
    seen_stock: int | None = None,
) -> Listing:
    """Offer a thing for sale, or bring an offered one up to date.

    `seen_version` is the version that the shopkeeper had before him; without it the last
    one wins. `seen_stock` is the stock that he had before him: then only the difference
    counts, because buyers were busy meanwhile.

    :raises EditCollides: when another was saved meanwhile; nothing is written.
    :raises CannotPublish: when something that the law asks is missing; nothing is written.
    """
    if listing is not None:
        listing = Listing.objects.select_for_update().get(seller=seller, pk=listing.pk)
        if seen_version is not None and seen_version != listing.version:
            raise EditCollides
    category = check_draft(seller=seller, draft=draft, now=now)
    values = {name: value for name, value in asdict(draft).items() if name != "stock"}
    compared = unit_price(
        price_cents=draft.price_cents, net_quantity=draft.net_quantity, net_unit=draft.net_unit
    )
    values |= {
        "slug": slugify(draft.title) or "aanbod",
        "village_id": seller.village_id,
        "status": ListingStatus.PUBLISHED,
        "unit_price_cents": compared.cents if compared else None,
        "unit_price_per": compared.per if compared else "",
    }
    if listing is None:
        listing = _begin(seller, draft, values, now)
    else:
        _bring_up_to_date(listing, draft, values, seen_stock, now)
    index_listing(listing=listing, category_name=category.name)
    renew_pages(seller.pk)
    return listing


def _begin(
    seller: SellerProfile, draft: ListingDraft, values: dict[str, Any], now: datetime
) -> Listing:
    listing = Listing.objects.create(
        product=_make_product(draft), seller=seller, published_at=now, **values
    )
    note_price(listing=listing, now=now)
    _begin_stock(listing, seller, draft)
    return listing


def _bring_up_to_date(
    listing: Listing,
    draft: ListingDraft,
    values: dict[str, Any],
    seen_stock: int | None,
    now: datetime,
) -> None:
    is_other_price = listing.price_cents != draft.price_cents
    for name, value in values.items():
        setattr(listing, name, value)
    listing.published_at = listing.published_at or now
    listing.version += 1
    if is_other_price:
        listing.prior_price_cents = None
    listing.save()
    if is_other_price:
        note_price(listing=listing, now=now)
    Product.objects.filter(pk=listing.product_id).update(title=draft.title)
    StockRecord.objects.filter(product_id=listing.product_id).update(
        price=Decimal(draft.price_cents) / 100
    )
    keep_stock(product_id=listing.product_id, available=draft.stock, seen=seen_stock)


@transaction.atomic
def withdraw_listing(*, seller: SellerProfile, listing_id: int) -> None:
    """Take one of the seller's own listings off the street; its orders stay.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    listing = Listing.objects.select_for_update().get(seller=seller, pk=listing_id)
    listing.status = ListingStatus.WITHDRAWN
    listing.save(update_fields=["status"])
    renew_pages(seller.pk)


def index_listing(*, listing: Listing, category_name: str) -> None:
    """Write the search words, weighted as `domain.ranking` tells; saving a product does not.

    Words stand as Dutch stems, and as they are without accents for a search half typed.
    """
    names = " ".join(
        (listing.maker, listing.seller.name, category_name, listing.seller.village.name)
    )
    heads = " ".join(compound_heads(f"{listing.title} {listing.ingredients}"))
    vector = (
        _words(listing.title, "A")
        + _words(fold(listing.title), "A", config="simple")
        + _words(heads, "B")
        + _words(names, "B")
        + _words(fold(names), "B", config="simple")
        + _words(listing.description, "C")
        + _words(listing.ingredients, "D")
    )
    Listing.objects.filter(pk=listing.pk).update(search_vector=vector)


def _words(text: str, weight: str, *, config: str = "dutch") -> SearchVector:
    return SearchVector(Value(text), weight=weight, config=config)


def draft_of(listing: Listing) -> ListingDraft:
    """Return an offered thing as the draft that would offer it again; stock as annotated."""
    names = [one.name for one in fields(ListingDraft) if one.name != "stock"]
    stock: int = listing.available  # type: ignore[attr-defined]
    return ListingDraft(stock=stock, **{name: getattr(listing, name) for name in names})


def check_draft(*, seller: SellerProfile, draft: ListingDraft, now: datetime) -> CategoryRow:
    """Return the category of what may be offered as it is.

    :raises CannotPublish: when something that the law asks is missing.
    """
    category = get_category(draft.category_id)
    if category is None:
        raise CannotPublish(["category"])
    get_vat_rate(draft.vat_class, now.date())
    offer = Offer(
        title=draft.title,
        is_food=category.is_food,
        ingredients=draft.ingredients,
        allergens=draft.allergens,
        alcohol_class=draft.alcohol_class,
        vat_class=draft.vat_class,
        seller_is_verified=seller.enterprise.status == "verified",
        made_by_shop=draft.made_by_shop,
        manufacturer=(
            draft.manufacturer_name,
            draft.manufacturer_address,
            draft.manufacturer_email,
        ),
        texts={name: getattr(draft, name) for name in CLAIM_FIELDS},
        claims=claims_of(seller, is_food=category.is_food, today=timezone.localdate(now)),
    )
    missing = list(list_missing(offer))
    if missing:
        raise CannotPublish(missing)
    return category


def claims_of(seller: SellerProfile, *, is_food: bool, today: date) -> Context:
    """Return what is proven of a shop's goods: so far its organic certificate alone."""
    certificate = Evidence(
        "organic", Scope.PRODUCT, seller.organic_until, reference=seller.organic_code
    )
    return Context(
        today=today, is_food=is_food, evidence=(certificate,) if seller.organic_code else ()
    )


def _make_product(draft: ListingDraft) -> Product:
    return Product.objects.create(
        structure=Product.STANDALONE,
        product_class_id=_product_class_id(),
        title=draft.title,
        slug=slugify(draft.title) or "aanbod",
    )


def _product_class_id() -> int:
    found, _made = ProductClass.objects.get_or_create(
        name=PRODUCT_CLASS, defaults={"requires_shipping": True, "track_stock": True}
    )
    return int(found.pk)


def _begin_stock(listing: Listing, seller: SellerProfile, draft: ListingDraft) -> None:
    StockRecord.objects.create(
        product_id=listing.product_id,
        partner_id=seller.partner_id,
        partner_sku=str(listing.pk),
        price_currency="EUR",
        price=Decimal(draft.price_cents) / 100,
        num_in_stock=draft.stock,
        num_allocated=0,
    )
