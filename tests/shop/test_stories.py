"""A shop tells its own story, looks before it publishes, and can put the old one back."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.shop.street import BaseBasket, base_basket
from tests.shop.test_desk import keeper
from winkelstraat.shop.models import SellerProfile, ShopStory

pytestmark = pytest.mark.django_db

PAGE = "/mijn-winkel/mijn-pagina/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any, tmp_path: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (400, 300), "tan").save(written, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", written.getvalue())


def stands(street: BaseBasket) -> tuple[str, str]:
    seller = SellerProfile.objects.get(pk=street.sellers[0].pk)
    return seller.tagline, seller.story


def test_a_story_is_looked_at_first_and_then_on_the_page(street: BaseBasket) -> None:
    client = keeper(street, 1)
    typed = {"tagline": "Brood uit eigen oven", "story": "Wij bakken.\n\nElke dag."}
    looked = client.post(PAGE, {**typed, "look": "yes"})
    assert "Wij bakken." in looked.content.decode()
    assert (stands(street), ShopStory.objects.count()) == (("", ""), 0)
    client.post(PAGE, {**typed, "photo": photo()})
    page = Client().get(f"/winkels/{street.sellers[0].slug}/").content.decode()
    assert "Brood uit eigen oven" in page
    assert "<p>Wij bakken.</p>" in page
    assert ".webp" in page


def test_the_last_change_is_undone_and_undone_again(street: BaseBasket) -> None:
    client = keeper(street, 1)
    client.post(f"{PAGE}terug/")
    assert ShopStory.objects.count() == 0
    client.post(PAGE, {"tagline": "Een", "story": "1"})
    client.post(PAGE, {"tagline": "Twee", "story": "2"})
    client.post(f"{PAGE}terug/")
    assert stands(street) == ("Een", "1")
    client.post(f"{PAGE}terug/")
    assert stands(street) == ("Twee", "2")


def test_a_script_is_shown_as_text(street: BaseBasket) -> None:
    keeper(street, 1).post(PAGE, {"tagline": "x", "story": "<script>alert(1)</script>"})
    page = Client().get(f"/winkels/{street.sellers[0].slug}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"story": "Wij zijn klimaatneutraal."}, "story"),
        ({"tagline": "De groenste bakker, 100% duurzaam"}, "tagline"),
        ({"story": "x" * 3001}, "story"),
        ({"tagline": "x" * 161}, "tagline"),
        ({"photo": SimpleUploadedFile("x.png", b"<svg></svg>")}, "photo"),
    ],
)
def test_what_may_not_stand_there_is_refused_kept_and_changes_nothing(
    street: BaseBasket, changes: dict[str, Any], field: str
) -> None:
    client = keeper(street, 1)
    answer = client.post(PAGE, {"tagline": "Goed brood", "story": "Wij bakken.", **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert (stands(street), ShopStory.objects.count()) == (("", ""), 0)
    kept = {"tagline": "Goed brood", "story": "Wij bakken.", **changes}
    assert answer.context["form"]["story"].value() == kept["story"]
