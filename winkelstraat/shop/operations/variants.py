"""Keep the sizes and flavours of one thing together (ADR 0026)."""

from django.db import transaction

from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.prices import renew_pages


@transaction.atomic
def make_variant(*, seller: SellerProfile, listing_id: int, of_id: int) -> None:
    """Show a listing as another size or flavour beside one of the same shop.

    A variant of a variant joins the first of them, so that all name the same one.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    first = Listing.objects.get(seller=seller, pk=of_id)
    listing = Listing.objects.select_for_update(no_key=True).get(seller=seller, pk=listing_id)
    head_id = first.variant_of_id or first.pk
    if head_id == listing.pk:
        return
    listing.variants.update(variant_of=head_id)
    listing.variant_of_id = head_id
    listing.save(update_fields=["variant_of"])
    renew_pages(seller.pk)


@transaction.atomic
def stand_alone(*, seller: SellerProfile, listing_id: int) -> None:
    """Take a listing out of its variants; those that named it name the next of them.

    :raises Listing.DoesNotExist: for another seller's listing.
    """
    listing = Listing.objects.select_for_update(no_key=True).get(seller=seller, pk=listing_id)
    others = list(listing.variants.order_by("pk"))
    if others:
        head = others[0]
        listing.variants.exclude(pk=head.pk).update(variant_of=head)
        Listing.objects.filter(pk=head.pk).update(variant_of=None)
    listing.variant_of = None
    listing.save(update_fields=["variant_of"])
    renew_pages(seller.pk)
