"""Say what of a photo must stay in view: by a tap or nine radio buttons, kept and cropped."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from dorpen.register.models import Photo
from tests.shop.street import BaseBasket, base_basket
from tests.shop.test_desk_offers import MUG, NEW, OFFERS, keeper
from winkelstraat.shop.domain.focus import NINTHS, Focus, NoPoint, read_focus
from winkelstraat.shop.models import Listing, ListingPhoto, ListingSketch
from winkelstraat.shop.operations.photos import draw_photo, keep_in_view, show_photo

pytestmark = pytest.mark.django_db

RED, BLUE = (220, 20, 20), (20, 20, 220)


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def wide_photo() -> SimpleUploadedFile:
    """Return a photo of 1600 by 600 that is red on its left quarter and blue elsewhere."""
    picture = Image.new("RGB", (1600, 600), BLUE)
    picture.paste(RED, (0, 0, 400, 600))
    written = BytesIO()
    picture.save(written, "PNG")
    return SimpleUploadedFile("IMG_2.png", written.getvalue(), content_type="image/png")


def red_share(path: Path) -> float:
    """Return which part of a picture is red."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").resize((40, 30))
    pixels = [small.getpixel((x, y)) for x in range(40) for y in range(30)]
    return sum(one[0] > one[2] for one in pixels) / len(pixels)  # type: ignore[index]


@pytest.mark.parametrize("text", ["", None])
def test_nothing_chosen_is_nothing(text: str | None) -> None:
    assert read_focus(text or "") is None


@pytest.mark.parametrize(
    "text", ["101-50", "50-101", "-1-50", "50", "50-", "a-b", "50-50-50", "1e1-5", "999-0", " 5-5"]
)
def test_a_point_outside_the_picture_is_no_point(text: str) -> None:
    with pytest.raises(NoPoint):
        read_focus(text)


@pytest.mark.parametrize(
    ("text", "middle"),
    [("0-0", "17-17"), ("100-100", "83-83"), ("40-90", "50-83"), ("33-67", "17-83")],
)
def test_every_tap_is_in_one_of_nine_places(text: str, middle: str) -> None:
    point = read_focus(text)

    assert point is not None
    assert str(point.nearest()) == middle
    assert point.nearest() in NINTHS


def test_what_was_tapped_stays_in_view_in_both_sizes_and_moves_on_change(
    street: BaseBasket, media: Path
) -> None:
    client = keeper(street)
    client.post(NEW, {**MUG, "photo": wide_photo(), "focus": "4-50"})
    listing = Listing.objects.get(title=MUG["title"])
    first = listing.picture_path
    for path in (first, listing.picture_large_path):
        with Image.open(media / path) as picture:
            assert picture.width * 3 == picture.height * 4
        assert red_share(media / path) > 0.45

    page = client.get(f"{OFFERS}{listing.pk}/").content.decode()
    assert 'value="4-50" data-middle="17-50" checked' in page

    typed = {**MUG, "version": listing.version, "seen_stock": "6", "focus": "83-50"}
    assert client.post(f"{OFFERS}{listing.pk}/", typed).status_code == 302
    listing.refresh_from_db()
    assert listing.picture_path != first, "another crop has another address"
    assert red_share(media / listing.picture_path) == 0
    photo = listing.photos.get().photo
    assert (photo.focal_point_x, photo.focal_point_y) == (1328, 300)


def test_without_a_choice_the_whole_photo_is_kept_as_before(
    street: BaseBasket, media: Path
) -> None:
    keeper(street).post(NEW, {**MUG, "photo": wide_photo()})
    listing = Listing.objects.get(title=MUG["title"])

    with Image.open(media / listing.picture_path) as picture:
        assert picture.size == (320, 120)


def test_the_sketch_keeps_the_choice_and_a_wrong_one_is_said_beside_its_field(
    street: BaseBasket,
) -> None:
    client = keeper(street)
    client.post(f"{OFFERS}schets/", {"title": "Mok", "focus": "21-80", "listing": ""})
    assert ListingSketch.objects.get().fields["focus"] == "21-80"
    assert 'value="21-80" data-middle="17-83" checked' in client.get(NEW).content.decode()

    answer = client.post(NEW, {**MUG, "photo": wide_photo(), "focus": "101-50"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"focus"}
    assert not Listing.objects.filter(title=MUG["title"]).exists()


def test_a_photo_that_another_shop_shows_too_stays_as_it_is_there(street: BaseBasket) -> None:
    drawing = draw_photo(code="1F35E", ground="#f3e3c3", title="Brood")
    mine, theirs = street.listings[0], street.listings[-1]
    assert mine.seller_id != theirs.seller_id
    for listing in (mine, theirs):
        show_photo(listing=listing, photo=drawing)
    theirs.refresh_from_db()
    before = (theirs.picture_path, theirs.picture_large_path)

    keep_in_view(listing=mine, focus=Focus(17, 17))

    theirs.refresh_from_db()
    drawing.refresh_from_db()
    assert (theirs.picture_path, theirs.picture_large_path) == before
    assert drawing.focal_point_x is None
    copied = ListingPhoto.objects.get(listing=mine).photo
    assert (copied.focal_point_x, copied.credit) == (109, "OpenMoji")


def test_another_shop_cannot_move_the_point_and_nothing_changes(street: BaseBasket) -> None:
    mine = street.listings[0]
    show_photo(listing=mine, photo=draw_photo(code="1F35E", ground="#f3e3c3", title="Brood"))
    before = list(Photo.objects.values())

    answer = keeper(street, 2).post(f"{OFFERS}{mine.pk}/", {**MUG, "focus": "17-17"})

    assert answer.status_code == 404
    assert list(Photo.objects.values()) == before
