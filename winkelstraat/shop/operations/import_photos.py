"""Photos that come with a spreadsheet: by name out of its ZIP, or by an address of the web.

The rows are carried out first; photos follow one at a time, so that a slow web site never
holds up the rows or a lock. What cannot be had is noted with its row, which stays.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath

from django.db import transaction

from dorpen.register.models import Photo
from winkelstraat.shop.domain.sheets import UnreadableSheet
from winkelstraat.shop.models import ImportRow, ImportRun, Listing, ListingPhoto
from winkelstraat.shop.operations.fetching import fetch_picture, may_be_fetched
from winkelstraat.shop.operations.photos import show_photo
from winkelstraat.shop.operations.pictures import MOST_BYTES, PictureRefused, keep_picture
from winkelstraat.shop.operations.sheets import open_zip, unpack

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif")
LONGEST_ADDRESS = 400

Fetch = Callable[[str], bytes]


class PhotoBox:
    """The photos that came along, found by name without regard to capitals or folders."""

    def __init__(self, content: bytes, file_name: str, *, fetch: Fetch = fetch_picture) -> None:
        self._fetch = fetch
        self._packed: zipfile.ZipFile | None = None
        self._entries: dict[str, zipfile.ZipInfo] = {}
        if file_name.casefold().endswith(".zip"):
            self._packed = open_zip(content)
            for entry in self._packed.infolist():
                name = PurePosixPath(entry.filename).name.casefold()
                if name.endswith(PICTURES):
                    self._entries.setdefault(name, entry)

    def find_problem(self, wanted: str) -> str:
        """Return the code of what is wrong with the name of a photo, or nothing."""
        if not wanted:
            return ""
        if _is_address(wanted):
            good = len(wanted) <= LONGEST_ADDRESS and may_be_fetched(wanted)
            return "" if good else "photo_address"
        return "" if wanted.casefold() in self._entries else "photo_not_there"

    def read(self, wanted: str) -> bytes:
        """Return the bytes of a photo.

        :raises PictureRefused: when it is too heavy, or cannot be had.
        """
        if _is_address(wanted):
            return self._fetch(wanted)
        entry = self._entries.get(wanted.casefold())
        if entry is None or self._packed is None:
            raise PictureRefused("no_picture")
        if entry.file_size > MOST_BYTES:
            raise PictureRefused("too_heavy")
        try:
            return unpack(self._packed, entry)
        except UnreadableSheet as error:
            raise PictureRefused("no_picture") from error


def remember_photo(typed: str) -> str:
    """Return what is kept of the cell; what is too long was refused."""
    return typed[:LONGEST_ADDRESS]


def bring_photo(run: ImportRun, row: ImportRow, box: PhotoBox, say: Callable[[str], str]) -> None:
    """Show the photo of a row that is carried out; note with the row what was wrong."""
    try:
        picture = BytesIO(box.read(row.photo_name))
        photo = keep_picture(upload=picture, title=row.title, credit=run.seller.name)
    except PictureRefused as refusal:
        row.problems = [*row.problems, {"label": row.photo_name[:120], "text": say(refusal.code)}]
        row.photo_name = ""
        row.save(update_fields=["problems", "photo_name"])
        return
    with transaction.atomic():
        if row.listing is not None:
            show_photo(listing=row.listing, photo=photo)
        row.photo_done = True
        row.save(update_fields=["photo_done"])


def put_back_photo(listing: Listing, photo_id: int | None) -> None:
    """Show the photo that stood there before, or none."""
    photo = Photo.objects.filter(pk=photo_id).first() if photo_id else None
    if photo is not None:
        show_photo(listing=listing, photo=photo)
        return
    ListingPhoto.objects.filter(listing=listing, position=0).delete()
    Listing.objects.filter(pk=listing.pk).update(
        picture_path="", picture_large_path="", picture_ground=""
    )


def _is_address(wanted: str) -> bool:
    return "://" in wanted
