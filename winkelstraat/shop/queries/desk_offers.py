"""What a shop offers, as its own people see it. The seller comes first in every query."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery

from winkelstraat.shop.models import Listing, ListingPhoto, ListingSketch, SellerProfile
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.queries.cards import picture_url
from winkelstraat.shop.queries.wording import amount_text

PER_PAGE = 40


@dataclass(frozen=True)
class OfferRow:
    """One thing in the shop's own list; `price_text` is the price as one types it."""

    listing_id: int
    title: str
    amount_text: str
    price_cents: int
    price_text: str
    available: int
    held: int
    picture_url: str
    picture_ground: str
    is_published: bool


@dataclass(frozen=True)
class OfferPage:
    """One page of the list; `count` is how many things there are in all."""

    rows: tuple[OfferRow, ...]
    number: int
    pages: int
    count: int

    @property
    def next_number(self) -> int | None:
        """Return the next page, if there is one."""
        return self.number + 1 if self.number < self.pages else None


@dataclass(frozen=True)
class SketchRow:
    """Something typed and not offered yet."""

    sketch_id: int
    title: str
    listing_id: int | None


def list_offers(seller: SellerProfile, *, text: str, page: str) -> OfferPage:
    """Return one page of what the shop offers, by name (2 queries)."""
    own = _own(seller).filter(title__icontains=text) if text else _own(seller)
    found = Paginator(own.order_by("status", "title", "pk"), PER_PAGE).get_page(page)
    return OfferPage(
        rows=tuple(_row(listing) for listing in found.object_list),
        number=found.number,
        pages=found.paginator.num_pages,
        count=found.paginator.count,
    )


def get_offer(seller: SellerProfile, *, listing_id: int) -> OfferRow | None:
    """Return one thing of the shop, or None when it is another's."""
    listing = _own(seller).filter(pk=listing_id).first()
    return _row(listing) if listing else None


def list_sketches(seller: SellerProfile, *, author_id: int) -> list[SketchRow]:
    """Return what this person began and did not finish."""
    sketches = ListingSketch.objects.filter(seller=seller, author_id=author_id)
    return [
        SketchRow(sketch.pk, str(sketch), sketch.listing_id)
        for sketch in sketches.order_by("-saved_at")
    ]


def find_sketch(
    seller: SellerProfile, *, author_id: int, listing_id: int | None
) -> ListingSketch | None:
    """Return what this person typed for a thing, or for something new."""
    own = ListingSketch.objects.filter(seller=seller, author_id=author_id)
    wanted = own.filter(listing=None) if listing_id is None else own.filter(listing_id=listing_id)
    return wanted.select_related("photo").first()


def get_own_listing(seller: SellerProfile, *, listing_id: int) -> Listing | None:
    """Return a listing of this shop to fill its form with."""
    return _own(seller).filter(pk=listing_id).first()


def list_own_listings(seller: SellerProfile) -> Iterator[Listing]:
    """Yield everything that the shop offers, by name, without keeping it all in memory."""
    return _own(seller).order_by("title", "pk").iterator(chunk_size=500)


def map_own_listings(seller: SellerProfile) -> dict[str, Listing]:
    """Return the shop's listings by number, and by name as ``name:drents roggebrood``."""
    photo = ListingPhoto.objects.filter(listing=OuterRef("pk"), position=0).values("photo")
    found: list[Any] = list(
        _own(seller).defer("search_vector").annotate(photo_id=Subquery(photo[:1]))
    )
    by_name = {f"name:{listing.title.casefold()}": listing for listing in found}
    return by_name | {str(listing.pk): listing for listing in found}


def type_fields(listing: Listing) -> Mapping[str, Any]:
    """Return a listing as the fields of its form would be typed."""
    stock = listing.available  # type: ignore[attr-defined]
    return {
        "title": listing.title,
        "price": type_price(listing.price_cents),
        "deposit": type_price(listing.deposit_cents) if listing.deposit_cents else "",
        "sold_by_weight": listing.sold_by_weight,
        "stock": stock,
        "seen_stock": stock,
        "unit": listing.unit,
        "net_quantity": type_number(listing.net_quantity),
        "net_unit": listing.net_unit,
        "pieces": listing.pieces if listing.pieces > 1 else "",
        "drained_quantity": type_number(listing.drained_quantity)
        if listing.drained_quantity is not None
        else "",
        "category": listing.category_id,
        "vat_class": listing.vat_class,
        "withdrawal_class": listing.withdrawal_class,
        "alcohol_class": listing.alcohol_class,
        "ingredients": listing.ingredients,
        "description": listing.description,
        "maker": listing.maker,
        "made_by_shop": listing.made_by_shop,
        "manufacturer_name": listing.manufacturer_name,
        "manufacturer_address": listing.manufacturer_address,
        "manufacturer_email": listing.manufacturer_email,
        "safety_warning": listing.safety_warning,
        "batch_code": listing.batch_code,
        "version": listing.version,
        **{f"allergen_{name}": answer for name, answer in listing.allergens.items()},
    }


def type_price(cents: int) -> str:
    """Return an amount as one types it: ``3,40``."""
    return f"{cents // 100},{cents % 100:02d}"


def type_number(number: Decimal) -> str:
    """Return a number as one types it, without noughts at the end: ``0,75``."""
    text = f"{number.normalize():f}"
    return text.replace(".", ",")


def _own(seller: SellerProfile) -> QuerySet[Listing]:
    record = "product__stockrecords__"
    return Listing.objects.filter(seller=seller).annotate(
        held=F(f"{record}num_allocated"),
        available=F(f"{record}num_in_stock") - F(f"{record}num_allocated"),
    )


def _row(listing: Listing) -> OfferRow:
    counted: Any = listing
    return OfferRow(
        listing_id=listing.pk,
        title=listing.title,
        amount_text=amount_text(listing.net_quantity, listing.net_unit, listing.pieces),
        price_cents=listing.price_cents,
        price_text=type_price(listing.price_cents),
        available=counted.available or 0,
        held=counted.held or 0,
        picture_url=picture_url(listing.picture_path),
        picture_ground=listing.picture_ground,
        is_published=listing.status == ListingStatus.PUBLISHED,
    )
