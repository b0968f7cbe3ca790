"""A pack of several and a jar with liquid, from the form and the sheet to the product page."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.builders import build_listing
from tests.shop.street import NOW, BaseBasket, base_basket
from tests.shop.test_desk_offers import MUG, NEW, OFFERS, keeper
from tests.shop.test_desk_sheets import SHEETS, bring, load_cells, work_off, xlsx
from winkelstraat.shop.domain.sheets import HEADINGS
from winkelstraat.shop.forms.sheet_rows import make_judge
from winkelstraat.shop.models import Listing
from winkelstraat.shop.operations.import_rows import read_draft, write_draft
from winkelstraat.shop.operations.prices import set_price
from winkelstraat.shop.queries.listings import get_product_page
from winkelstraat.shop.queries.sheets_out import write_sheet

pytestmark = pytest.mark.django_db

PACK = {"net_quantity": "330", "net_unit": "ml", "pieces": "6", "price": "8,94"}
JAR = {"net_quantity": "370", "net_unit": "g", "drained_quantity": "190", "price": "2,49"}


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def offer(street: BaseBasket, content: dict[str, str]) -> Listing:
    assert keeper(street).post(NEW, {**MUG, **content}).status_code == 302
    return Listing.objects.get(title=MUG["title"])


def test_a_pack_of_six_is_compared_per_litre_and_says_how_many(street: BaseBasket) -> None:
    pack = offer(street, PACK)

    assert (pack.unit_price_cents, pack.unit_price_per) == (452, "l")
    page = get_product_page(pack.pk, now=NOW)
    assert page is not None
    assert (page.amount_text, page.drained_text) == ("6\u00a0×\u00a0330\u00a0ml", "")
    set_price(seller=pack.seller, listing_id=pack.pk, price_cents=990, now=NOW)
    pack.refresh_from_db()
    assert pack.unit_price_cents == 500, "a new price counts the pieces too"


def test_of_a_jar_only_what_is_drained_counts_and_its_net_weight_travels(
    street: BaseBasket, client: Any
) -> None:
    jar = offer(street, JAR)

    assert (jar.unit_price_cents, jar.unit_price_per, jar.mass_g) == (1311, "kg", 370)
    shown = client.get(f"/aanbod/{jar.slug}_{jar.pk}/").content.decode()
    assert "370\u00a0g, uitlekgewicht 190\u00a0g" in shown
    again = keeper(street, name="ander").get(f"{OFFERS}{jar.pk}/").context["form"]
    assert again["drained_quantity"].value() == "190"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({**JAR, "drained_quantity": "370,001"}, "drained_quantity"),
        ({**JAR, "drained_quantity": "0"}, "drained_quantity"),
        ({**JAR, "drained_quantity": "-1"}, "drained_quantity"),
        ({**JAR, "drained_quantity": "NaN"}, "drained_quantity"),
        ({**JAR, "net_unit": "piece"}, "drained_quantity"),
        ({**JAR, "net_quantity": "NaN"}, "net_quantity"),
        ({**PACK, "pieces": "0"}, "pieces"),
        ({**PACK, "pieces": "2,5"}, "pieces"),
        ({**PACK, "pieces": "1001"}, "pieces"),
        ({**PACK, "pieces": "²"}, "pieces"),
    ],
)
def test_contents_that_cannot_be_are_said_beside_their_field(
    street: BaseBasket, changes: dict[str, str], field: str
) -> None:
    answer = keeper(street).post(NEW, {**MUG, **changes})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not Listing.objects.filter(title=MUG["title"]).exists()


def test_the_database_refuses_more_drained_than_net() -> None:
    listing = build_listing()

    for wrong in ({"drained_quantity": 801}, {"drained_quantity": 0}, {"pieces": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Listing.objects.filter(pk=listing.pk).update(**wrong)


def test_the_sheet_brings_packs_and_jars_out_and_in_again(street: BaseBasket) -> None:
    pack = offer(street, PACK)
    rows = [
        dict(zip(HEADINGS, row, strict=True)) for row in load_cells(write_sheet(pack.seller))[1:]
    ]
    out = next(row for row in rows if row["nummer"] == pack.pk)
    assert (out["stuks per pak"], out["uitlekgewicht"]) == (6, None)

    cells = {"naam": "Pot bonen", "prijs": "2,49", "soort": "Wonen", "inhoud": "370"}
    cells |= {"inhoud in": "g", "uitlekgewicht": "190", "stuks per pak": "2"}
    row = make_judge()(cells, None, None)
    assert row.problems == []
    draft = row.draft(None)
    assert (draft.pieces, str(draft.drained_quantity)) == (2, "190.000")
    assert read_draft(write_draft(draft)) == draft, "the run keeps it until it is carried out"

    odd = make_judge()({**cells, "uitlekgewicht": "371"}, None, None)
    assert [one["label"] for one in odd.problems] == ["Uitlekgewicht van één"]


def test_a_sheet_without_the_columns_leaves_a_pack_as_it_is(street: BaseBasket) -> None:
    pack = offer(street, PACK)
    content = xlsx([pack.pk, pack.title, 9.90, 6, "Wonen", "", "", ""])
    client = keeper(street, name="lijst")

    run = bring(client, content)
    client.post(f"{SHEETS}{run.pk}/doorvoeren/")
    work_off(run)

    pack.refresh_from_db()
    assert (pack.price_cents, pack.pieces, pack.unit_price_cents) == (990, 6, 500)
