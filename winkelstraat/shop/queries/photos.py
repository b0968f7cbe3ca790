"""The photo that a listing shows first, and what of it must stay in view."""

from dorpen.register.models import Photo
from winkelstraat.shop.domain.focus import Focus
from winkelstraat.shop.models import ListingPhoto, SellerProfile


def find_photo(seller: SellerProfile, *, listing_id: int) -> Photo | None:
    """Return the first photo of the shop's own listing (1 query)."""
    own = ListingPhoto.objects.filter(listing__seller=seller, listing_id=listing_id, position=0)
    row = own.select_related("photo").first()
    return row.photo if row else None


def focus_of(photo: Photo | None) -> Focus | None:
    """Return the point that must stay in view, if somebody chose one."""
    if photo is None or photo.focal_point_x is None or photo.focal_point_y is None:
        return None
    return Focus(
        round(100 * photo.focal_point_x / photo.width),
        round(100 * photo.focal_point_y / photo.height),
    )
