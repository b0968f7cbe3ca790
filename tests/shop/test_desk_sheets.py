"""A spreadsheet is looked over, carried out and undone; nothing is written half."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from PIL import Image

from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.sheets import UnreadableSheet
from winkelstraat.shop.forms.sheet_rows import make_judge
from winkelstraat.shop.forms.words import explain_missing, explain_row
from winkelstraat.shop.models import ImportRun, ImportState, Listing
from winkelstraat.shop.operations import import_work, imports
from winkelstraat.shop.operations.sheets import read_sheet
from winkelstraat.shop.queries.sheets_out import defuse, write_sheet

pytestmark = pytest.mark.django_db

SHEETS = "/mijn-winkel/aanbod/lijst/"
HEAD = ["nummer", "naam", "prijs", "voorraad", "soort", "ingrediënten", "allergenen erin", "foto"]


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def keeper(street: BaseBasket, number: int = 1) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="helper")
    client = Client()
    client.force_login(user)
    return client


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def work_off(run: ImportRun) -> ImportRun:
    """Do what the worker does."""
    claimed = imports.claim_import(run_id=run.pk, now=timezone.now() + timedelta(minutes=2))
    assert claimed is not None
    clock = timezone.now
    if claimed.state == ImportState.READING:
        imports.read_import(run=claimed, judge=make_judge(), say=explain_missing, clock=clock)
    elif claimed.state == ImportState.APPLYING:
        import_work.apply_import(run=claimed, say=explain_row, clock=clock)
    else:
        import_work.undo_import(run=claimed, say=explain_row, clock=clock)
    claimed.refresh_from_db()
    return claimed


def bring(client: Client, content: bytes, name: str = "aanbod.xlsx") -> ImportRun:
    answer = client.post(SHEETS, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return work_off(ImportRun.objects.latest("pk"))


def verdicts(run: ImportRun) -> list[str]:
    return list(run.rows.values_list("verdict", flat=True))


def state_of_everything(street: BaseBasket) -> Any:
    rows = Listing.objects.order_by("pk").values(
        "title",
        "price_cents",
        "status",
        "allergens",
        "unit_price_cents",
        "vat_class",
        "made_by_shop",
    )
    return [*rows], [load_cells(write_sheet(seller)) for seller in street.sellers]


def load_cells(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_a_list_is_looked_over_carried_out_and_undone(street: BaseBasket) -> None:
    client, bread = keeper(street), street.listings[0]
    before = state_of_everything(street)
    content = xlsx(
        [bread.pk, bread.title, 3.1, 12, "Brood en gebak", "Tarwe, water, zout.", "gluten", ""],
        ["", "Rozijnenbroodje", "1,25", 40, "", "Tarwe, rozijnen.", "gluten, melk", ""],
        ["", "Mok van klei", 14.95, 6, "Wonen", "", "", ""],
        ["", "Bol zonder iets", "1,25", 40, "", "", "", ""],
        ["", "Gratis", 0, 1, "Wonen", "", "", ""],
        [999999, "Onbekend", 1, 1, "Wonen", "", "", ""],
        ["", "Raar", "duur", -4, "Maan", "", "", ""],
    )
    run = bring(client, content)
    assert run.state == "ready"
    assert verdicts(run) == ["changed", "new", "new", *["refused"] * 4]
    assert state_of_everything(street) == before, "looking over changes nothing"
    page = client.get(f"{SHEETS}{run.pk}/").content.decode()
    assert "Prijs met btw: 2,95 → 3,10" in page
    assert len(run.rows.get(title="Raar").problems) == 3, "each field says what is wrong"

    assert client.post(f"{SHEETS}{run.pk}/doorvoeren/").status_code == 302
    run = work_off(run)
    assert run.state == "done"
    bread.refresh_from_db()
    assert bread.price_cents == 310
    bun = Listing.objects.get(title="Rozijnenbroodje")
    assert (bun.price_cents, bun.vat_class, bun.category.slug) == (125, "food", "brood-en-gebak")
    assert bun.allergens["milk"] == "contains"
    assert bun.allergens["fish"] == "none"
    assert not Listing.objects.filter(title__in=["Gratis", "Raar", "Onbekend"]).exists()

    client.post(f"{SHEETS}{run.pk}/terug/")
    assert work_off(run).state == "undone"
    assert state_of_everything(street) == before


def test_what_was_ordered_meanwhile_leaves_the_street_and_stays_in_its_order(
    street: BaseBasket,
) -> None:
    client = keeper(street, 2)
    run = bring(client, xlsx(["", "Mok van klei", 24.99, 6, "Wonen", "", "", ""]))
    client.post(f"{SHEETS}{run.pk}/doorvoeren/")
    work_off(run)
    bread, _paint, book = street.listings
    mug = Listing.objects.get(title="Mok van klei")
    pay(order(BaseBasket(street.sellers, (bread, mug, book))))
    client.post(f"{SHEETS}{run.pk}/terug/")
    assert work_off(run).state == "undone"
    mug.refresh_from_db()
    assert mug.status == "withdrawn"
    assert mug.order_lines.count() == 1


def test_what_goes_out_comes_back_in_and_changes_nothing(street: BaseBasket) -> None:
    client = keeper(street)
    out = client.get(f"{SHEETS}uit.xlsx").content
    assert verdicts(bring(client, out)) == ["same"]


def test_a_dutch_csv_is_read_with_its_commas(street: BaseBasket) -> None:
    text = "naam;prijs;voorraad;soort\r\nMok;14,95;6;Wonen\r\n\r\nKan;1.234,50;1;Wonen\r\n"
    for encoded in (text.encode("cp1252"), text.encode("utf-8-sig")):
        run = bring(keeper(street, 2 if encoded[0] == 0xEF else 1), encoded, "lijst.csv")
        assert [(row.offer or {}).get("price_cents") for row in run.rows.all()] == [1495, None]
        assert verdicts(run) == ["new", "refused"], "an odd price is for a person to look at"


def with_password() -> bytes:
    """Return a ZIP that says that its sheet is encrypted."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("lijst.csv", "naam\nMok\n")
    found = bytearray(packed.getvalue())
    found[6] |= 1
    found[found.index(b"PK\x01\x02") + 8] |= 1
    return bytes(found)


def test_photos_come_along_in_a_zip(street: BaseBasket) -> None:
    picture, packed = BytesIO(), BytesIO()
    Image.new("RGB", (300, 200), (10, 90, 40)).save(picture, "JPEG")
    with ZipFile(packed, "w") as archive:
        archive.writestr("lijst.xlsx", xlsx(["", "Mok", 9, 6, "Wonen", "", "", "Mok.JPG"]))
        archive.writestr("foto/mok.jpg", picture.getvalue())
    client = keeper(street)
    run = bring(client, packed.getvalue(), "alles.zip")
    client.post(f"{SHEETS}{run.pk}/doorvoeren/")
    work_off(run)
    assert Listing.objects.get(title="Mok").picture_path


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"geen tabel", "x.xlsx", "no_sheet"),
        (b"", "x.xlsx", "no_sheet"),
        (b"PK\x03\x04kapot", "x.zip", "no_sheet"),
        (with_password(), "x.zip", "no_sheet"),
        (b"a;b\n1;2\n", "x.csv", "no_headings"),
        (b"naam;naam\nx;y\n", "x.csv", "double_heading"),
        (b"", "x.csv", "no_headings"),
        (b"naam\n" + b"x\n" * 10_001, "x.csv", "too_many_rows"),
    ],
)
def test_an_unreadable_file_says_why(content: bytes, name: str, code: str) -> None:
    with pytest.raises(UnreadableSheet) as refusal:
        list(read_sheet(content, name))
    assert refusal.value.code == code


def test_a_worker_that_died_is_followed_up_and_two_do_not_work_at_once(
    street: BaseBasket,
) -> None:
    client = keeper(street)
    run = bring(client, xlsx(["", "Mok", 9, 6, "Wonen", "", "", ""]))
    client.post(f"{SHEETS}{run.pk}/doorvoeren/")
    now = timezone.now()
    assert imports.claim_import(run_id=run.pk, now=now) is not None
    assert imports.claim_import(run_id=run.pk, now=now + timedelta(seconds=30)) is None
    assert imports.claim_import(run_id=run.pk, now=now + timedelta(seconds=61)) is not None
    assert client.post(f"{SHEETS}{run.pk}/doorvoeren/").status_code == 302
    run.refresh_from_db()
    assert run.state == "applying", "asking twice is asking once"


def test_another_shops_people_find_no_list(street: BaseBasket) -> None:
    run = bring(keeper(street), xlsx(["", "Mok", 9, 6, "Wonen", "", "", ""]))
    stranger = keeper(street, 2)
    assert stranger.get(f"{SHEETS}{run.pk}/").status_code == 404
    for path in ("doorvoeren/", "terug/"):
        assert stranger.post(f"{SHEETS}{run.pk}/{path}").status_code == 404
    run.refresh_from_db()
    assert run.state == "ready"
    theirs = bring(stranger, xlsx([street.listings[0].pk, "Van mij", 1, 1, "Wonen", "", "", ""]))
    assert verdicts(theirs) == ["refused"], "another's number is nobody's"


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-1", "@SUM(A1)", "\tx"])
def test_nothing_in_the_sheet_is_a_formula(cell: str) -> None:
    assert str(defuse(cell)).startswith("'")
    assert defuse(3) == 3
