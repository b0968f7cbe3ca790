"""Read one listing with everything that its page tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.domain.allergens import ALLERGENS, Presence, is_complete
from winkelstraat.shop.models import Listing, ListingPhoto
from winkelstraat.shop.models.listings import ListingStatus, WithdrawalClass
from winkelstraat.shop.queries.categories import CategoryRow, get_category
from winkelstraat.shop.queries.clocks import SellerClock, read_clocks
from winkelstraat.shop.queries.sellers import Shop, describe_shop
from winkelstraat.shop.queries.surplus_ways import running_until
from winkelstraat.shop.queries.variants import Variant, has_variants, list_variants
from winkelstraat.shop.queries.wording import amount_text, drained_text, stock_text, unit_price_text

FEW_LEFT = 3
MOST_AT_ONCE = 20
ALLERGEN_NAMES = {
    "gluten": _("gluten"),
    "crustaceans": _("crustaceans"),
    "eggs": _("eggs"),
    "fish": _("fish"),
    "peanuts": _("peanuts"),
    "soy": _("soy"),
    "milk": _("milk"),
    "nuts": _("nuts"),
    "celery": _("celery"),
    "mustard": _("mustard"),
    "sesame": _("sesame"),
    "sulphites": _("sulphites"),
    "lupin": _("lupin"),
    "molluscs": _("molluscs"),
}
DUTIES = {
    "title": _("Give it a name."),
    "category": _("Choose where it stands in the street."),
    "seller": _("Your enterprise is not verified yet. Until then nothing can be offered."),
    "ingredients": _("Write which ingredients are in it. Food needs that before it is sold."),
    "allergens": _("Say of all 14 allergens whether they are in it. Unknown is not enough."),
    "vat_class": _("Alcohol has the VAT rate of alcohol. Choose that one."),
}
MONTH_NAMES = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

__all__ = ["DUTIES", "ProductPage", "get_product_page"]


@dataclass(frozen=True)
class ProductPage:
    """A listing as its own page shows it; money in cents, mass in grams.

    `contains` and `traces` are None when nothing was declared: unknown is not "none".
    """

    listing_id: int
    form_value: str
    title: str
    slug: str
    description: str
    maker: str
    origin: str
    category: CategoryRow | None
    amount_text: str
    drained_text: str
    price_cents: int
    prior_cents: int | None
    surplus_until: datetime | None
    unit_price_text: str
    picture_url: str
    picture_ground: str
    picture_credit: str
    is_food: bool
    ingredients: str
    contains: tuple[str, ...] | None
    traces: tuple[str, ...] | None
    months: tuple[str, ...]
    withdrawal_label: str
    is_withdrawable: bool
    for_adults: bool
    available: bool
    few_left_text: str
    most: int
    shop: Shop
    clock: SellerClock
    variants: tuple[Variant, ...]


def get_product_page(listing_id: int, *, now: datetime | None = None) -> ProductPage | None:
    """Return a published listing of a verified shop (3 queries, 1 more with variants)."""
    now = now or timezone.now()
    listing = (
        Listing.objects.select_related(
            "origin_village",
            "seller__village",
            "seller__enterprise__village",
            "seller__photo",
            "seller__pickup_point",
        )
        .annotate(
            left=F("product__stockrecords__num_in_stock")
            - F("product__stockrecords__num_allocated"),
            surplus_until=running_until("pk"),
            is_one_of_many=has_variants(),
            credit=_first_photo("photo__credit"),
            licence=_first_photo("photo__licence"),
        )
        .filter(
            pk=listing_id,
            status=ListingStatus.PUBLISHED,
            seller__enterprise__status="verified",
        )
        .first()
    )
    if listing is None:
        return None
    clock = read_clocks(now=now, seller_ids=[listing.seller_id])[listing.seller_id]
    return _page(listing, describe_shop(listing.seller, clock=clock, now=now), clock)


def _first_photo(column: str) -> Subquery:
    photos = ListingPhoto.objects.filter(listing=OuterRef("pk")).order_by("position", "id")
    return Subquery(photos.values(column)[:1])


def _page(listing: Any, shop: Shop, clock: SellerClock) -> ProductPage:
    category = get_category(listing.category_id)
    left = max(0, listing.left or 0)
    credit = [part for part in (listing.credit, listing.licence) if part]
    path = listing.picture_large_path or listing.picture_path
    return ProductPage(
        listing_id=listing.pk,
        form_value=str(listing.pk),
        title=listing.title,
        slug=listing.slug,
        description=listing.description,
        maker=listing.maker,
        origin=listing.origin_village.name if listing.origin_village else "",
        category=category,
        amount_text=amount_text(listing.net_quantity, listing.net_unit, listing.pieces),
        drained_text=drained_text(listing.drained_quantity, listing.net_unit),
        price_cents=listing.price_cents,
        prior_cents=listing.prior_price_cents,
        surplus_until=listing.surplus_until,
        unit_price_text=unit_price_text(listing.unit_price_cents, listing.unit_price_per),
        picture_url=f"{settings.MEDIA_URL}{path}" if path else "",
        picture_ground=listing.picture_ground,
        picture_credit=", ".join(credit),
        is_food=bool(category and category.is_food),
        ingredients=listing.ingredients,
        contains=_declared(listing.allergens, Presence.CONTAINS),
        traces=_declared(listing.allergens, Presence.TRACES),
        months=tuple(str(MONTH_NAMES[month - 1]) for month in listing.season_months),
        withdrawal_label=str(WithdrawalClass(listing.withdrawal_class).label),
        is_withdrawable=listing.withdrawal_class == WithdrawalClass.WITHDRAWABLE,
        for_adults=listing.alcohol_class != "none",
        available=left > 0,
        few_left_text=stock_text(left) if 0 < left <= FEW_LEFT else "",
        most=min(left, MOST_AT_ONCE),
        shop=shop,
        clock=clock,
        variants=list_variants(listing_id=listing.pk, head_id=listing.variant_of_id)
        if listing.is_one_of_many
        else (),
    )


def _declared(allergens: dict[str, Any], presence: Presence) -> tuple[str, ...] | None:
    if not is_complete(allergens):
        return None
    return tuple(str(ALLERGEN_NAMES[name]) for name in ALLERGENS if allergens[name] == presence)
