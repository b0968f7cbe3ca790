"""No road puts a bare green claim on a product: form, spreadsheet, CMS, operation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from dorpen.pages.models import StoryPage
from dorpen.register.operations import add_member
from tests.shop.street import NOW, BaseBasket, base_basket
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.models import ImportRow, Listing
from winkelstraat.shop.operations.listings import ListingDraft, publish_listing
from winkelstraat.shop.queries.categories import get_category_by_slug

pytestmark = pytest.mark.django_db

BARE = ["Duurzame mok", "CO2-neutrale mok", "Mok 🌿", "Klimaatneutraal", "d u u r z a m e mok"]
PLAIN = ["Mok van klei", "Groene mok", "Mok met Natuurmonumenten erop", "Ecoline inkt"]


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def keeper(street: BaseBasket) -> Client:
    user = User.objects.create_user("winkelier@example.nl")
    add_member(enterprise=street.sellers[0].enterprise, user=user, role="owner")
    client = Client()
    client.force_login(user)
    return client


def draft(title: str, description: str = "") -> ListingDraft:
    row = get_category_by_slug("wonen")
    assert row is not None
    return ListingDraft(
        title=title,
        description=description,
        category_id=row.id,
        unit="piece",
        net_quantity=Decimal(1),
        net_unit="piece",
        price_cents=1495,
        vat_class="general",
        stock=6,
    )


def by_form(street: BaseBasket, title: str) -> str:
    fields = {"title": title, "price": "14,95", "stock": "6", "made_by_shop": "on"}
    row = get_category_by_slug("wonen")
    assert row is not None
    answer = keeper(street).post("/mijn-winkel/aanbod/nieuw/", {**fields, "category": str(row.id)})
    if answer.status_code == 302:
        return ""
    page = answer.content.decode()
    assert title.split()[-1] in page, "what was typed is kept"
    return "title" if "mag hier niet staan" in page else page


def by_operation(street: BaseBasket, title: str) -> str:
    return _publish(street, draft(title))


def by_description(street: BaseBasket, title: str) -> str:
    return _publish(street, draft("Mok", title))


def _publish(street: BaseBasket, wish: ListingDraft) -> str:
    try:
        publish_listing(seller=street.sellers[0], draft=wish, now=NOW)
    except CannotPublish as refusal:
        return refusal.missing[0]
    return ""


def by_page(street: BaseBasket, title: str) -> str:
    page = StoryPage(title="Verhaal", slug="verhaal", teaser=title, written_on=date(2026, 11, 1))
    try:
        page.clean()
    except ValidationError as refusal:
        return " ".join(refusal.message_dict)
    return ""


Road = Callable[[BaseBasket, str], str]
ROADS: list[tuple[Road, str]] = [
    (by_form, "title"),
    (by_operation, "claim:title:C"),
    (by_description, "claim:description:C"),
    (by_page, "teaser"),
]


@pytest.mark.parametrize(("road", "says"), ROADS)
@pytest.mark.parametrize("title", BARE)
def test_a_bare_claim_is_refused_on_every_road(
    street: BaseBasket, road: Road, says: str, title: str
) -> None:
    before = Listing.objects.count()
    assert road(street, title).startswith(says)
    assert Listing.objects.count() == before


@pytest.mark.parametrize(("road", "_says"), ROADS)
@pytest.mark.parametrize("title", PLAIN)
def test_a_plain_name_passes_on_every_road(
    street: BaseBasket, road: Road, _says: str, title: str
) -> None:
    assert road(street, title) == ""


def test_a_spreadsheet_row_with_a_bare_claim_is_refused_and_says_why(
    street: BaseBasket, django_capture_on_commit_callbacks: Any
) -> None:
    client = keeper(street)
    book = load_workbook(BytesIO(client.get("/mijn-winkel/aanbod/lijst/uit.xlsx").content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    name = next(place for place, head in enumerate(heads) if head and "aam" in str(head))
    sheet.cell(row=2, column=name + 1, value="Duurzaam brood")
    written = BytesIO()
    book.save(written)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            "/mijn-winkel/aanbod/lijst/",
            {"file": SimpleUploadedFile("lijst.xlsx", written.getvalue())},
        )
    row = ImportRow.objects.get()
    assert row.verdict == "refused"
    assert "mag hier niet staan" in str(row.problems)
    assert Listing.objects.get(pk=street.listings[0].pk).title == "Volkorenbrood"


def test_organic_needs_a_certificate_in_date(street: BaseBasket) -> None:
    seller = street.sellers[0]
    food = get_category_by_slug("brood-en-gebak")
    assert food is not None
    bread = replace(
        draft("Biologisch brood"),
        category_id=food.id,
        vat_class="food",
        ingredients="Tarwe, water, zout.",
        allergens=dict(street.listings[0].allergens),
        withdrawal_class="perishable",
    )
    with pytest.raises(CannotPublish):
        publish_listing(seller=seller, draft=bread, now=NOW)
    seller.organic_code, seller.organic_until = "NL-BIO-01", date(2027, 1, 1)
    assert publish_listing(seller=seller, draft=bread, now=NOW).title == "Biologisch brood"
    seller.organic_until = date(2026, 1, 1)
    with pytest.raises(CannotPublish):
        publish_listing(seller=seller, draft=replace(bread, title="Biologisch wit"), now=NOW)
