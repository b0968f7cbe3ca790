"""Pictures drawn from OpenMoji: made once, small, and named with their licence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from PIL import Image

from dorpen.register.models import Photo
from tests.builders import build_listing
from winkelstraat.shop.operations.photos import NoSuchDrawing, draw_photo, show_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


def test_a_drawing_is_made_once_and_says_whose_it_is() -> None:
    first = draw_photo(code="1F35E", ground="#f3e3c3", title="Brood")
    again = draw_photo(code="1F35E", ground="#f3e3c3", title="Brood")

    assert first.pk == again.pk
    assert (first.credit, first.licence) == ("OpenMoji", "CC BY-SA 4.0")
    assert Photo.objects.count() == 1


def test_showing_writes_two_small_pictures_into_the_listing(media: Path) -> None:
    listing = build_listing()

    show_photo(listing=listing, photo=draw_photo(code="1F35E", ground="#f3e3c3", title="Brood"))

    listing.refresh_from_db()
    paths = [media / listing.picture_path, media / listing.picture_large_path]
    assert [Image.open(path).size for path in paths] == [(320, 240), (640, 480)]
    assert [Image.open(path).format for path in paths] == ["WEBP", "WEBP"]
    assert paths[0].stat().st_size < 8_000
    assert paths[1].stat().st_size < 20_000
    assert listing.picture_ground == "#f3e3c3"


def test_an_unknown_drawing_is_refused() -> None:
    with pytest.raises(NoSuchDrawing):
        draw_photo(code="NOPE", ground="#f3e3c3", title="Niets")

    assert not Photo.objects.exists()
