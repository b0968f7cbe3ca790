"""The sizes and flavours of one thing, as its page lists them."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable

from winkelstraat.shop.models import Listing
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.queries.wording import amount_text


@dataclass(frozen=True)
class Variant:
    """One size or flavour; the price of one in cents."""

    listing_id: int
    slug: str
    title: str
    amount_text: str
    price_cents: int
    available: bool
    is_this: bool


def has_variants() -> Combinable:
    """Tell, inside a query of listings, whether one stands beside others."""
    return Q(variant_of__isnull=False) | Exists(
        Listing.objects.filter(variant_of=OuterRef("pk"), status=ListingStatus.PUBLISHED)
    )


def list_variants(*, listing_id: int, head_id: int | None) -> tuple[Variant, ...]:
    """Return all published variants with the listing itself, cheapest first (1 query).

    One alone is no choice: then nothing is returned.
    """
    head = head_id or listing_id
    record = "product__stockrecords__"
    found = (
        Listing.objects.filter(Q(pk=head) | Q(variant_of_id=head), status=ListingStatus.PUBLISHED)
        .annotate(left=F(f"{record}num_in_stock") - F(f"{record}num_allocated"))
        .order_by("price_cents", "pk")
    )
    rows = tuple(
        Variant(
            listing_id=row.pk,
            slug=row.slug,
            title=row.title,
            amount_text=amount_text(row.net_quantity, row.net_unit, row.pieces),
            price_cents=row.price_cents,
            available=(row.left or 0) > 0,
            is_this=row.pk == listing_id,
        )
        for row in found
    )
    return rows if len(rows) > 1 else ()
