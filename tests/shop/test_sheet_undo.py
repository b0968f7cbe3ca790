"""A list overrules nobody, and undo brings everything back: photo, stock, status and price."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.shop.sheet_of import write_file
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from tests.shop.test_desk_sheets import SHEETS, bring, keeper, verdicts, work_off, xlsx
from tests.shop.test_surplus_batch import draft as surplus_draft
from winkelstraat.shop.models import ImportRun, Listing
from winkelstraat.shop.operations import fetching, import_photos
from winkelstraat.shop.operations.fetching import connect_publicly, fetch_picture, may_be_fetched
from winkelstraat.shop.operations.listings import withdraw_listing
from winkelstraat.shop.operations.pictures import MOST_BYTES, PictureRefused
from winkelstraat.shop.operations.prices import set_price, set_stock
from winkelstraat.shop.operations.surplus import start_surplus
from winkelstraat.shop.queries.desk_offers import get_offer, map_own_listings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def bread_row(
    street: BaseBasket, price: float = 3.1, stock: int = 40, photo: str = ""
) -> list[Any]:
    bread = street.listings[0]
    food = ["Brood en gebak", "Tarwe, water, zout.", "gluten"]
    return [bread.pk, bread.title, price, stock, *food, photo]


def carry_out(client: Client, run: ImportRun) -> ImportRun:
    client.post(f"{SHEETS}{run.pk}/doorvoeren/")
    return work_off(run)


def undo(client: Client, run: ImportRun) -> ImportRun:
    client.post(f"{SHEETS}{run.pk}/terug/")
    return work_off(run)


def picture(colour: tuple[int, int, int] = (10, 90, 40)) -> bytes:
    written = BytesIO()
    Image.new("RGB", (300, 200), colour).save(written, "JPEG")
    return written.getvalue()


def packed(*rows: list[Any], **photos: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("lijst.xlsx", xlsx(*rows))
        for name, content in photos.items():
            archive.writestr(f"foto/{name}.jpg", content)
    return written.getvalue()


def stands(street: BaseBasket) -> tuple[int, int]:
    offer = get_offer(street.sellers[0], listing_id=street.listings[0].pk)
    assert offer is not None
    return offer.price_cents, offer.available


def test_what_was_sold_before_and_after_stays_sold(street: BaseBasket) -> None:
    client = keeper(street)
    run = bring(client, xlsx(bread_row(street)))
    pay(order(street))
    carry_out(client, run)
    assert stands(street) == (310, 37), "ten off the shelf by the list, three sold before"
    listing = street.listings[0]
    set_stock(seller=listing.seller, listing_id=listing.pk, available=30, seen=37)
    undo(client, run)
    assert stands(street) == (295, 40), "ten come back; three and seven stay sold"


def test_what_a_colleague_changed_since_the_preview_is_not_overruled(street: BaseBasket) -> None:
    client, listing = keeper(street), street.listings[0]
    run = bring(client, xlsx(bread_row(street), ["", "Mok", 9, 6, "Wonen", "", "", ""]))
    set_price(seller=listing.seller, listing_id=listing.pk, price_cents=350, now=timezone.now())
    run = carry_out(client, run)
    assert run.state == "done"
    assert stands(street) == (350, 50)
    row = run.rows.get(listing=listing)
    assert (row.verdict, row.is_applied) == ("refused", False)
    assert "collega" in client.get(f"{SHEETS}{run.pk}/").content.decode()
    assert Listing.objects.filter(title="Mok", status="published").exists(), "the rest goes on"


def test_what_a_colleague_changed_since_is_left_by_the_undo(street: BaseBasket) -> None:
    client, listing = keeper(street), street.listings[0]
    run = bring(client, xlsx(bread_row(street), ["", "Mok", 9, 6, "Wonen", "", "", ""]))
    carry_out(client, run)
    for pk in (listing.pk, Listing.objects.get(title="Mok").pk):
        set_price(seller=listing.seller, listing_id=pk, price_cents=400, now=timezone.now())
    run = undo(client, run)
    assert run.state == "undone"
    assert stands(street) == (400, 40)
    assert Listing.objects.filter(title="Mok", price_cents=400).exists()
    assert [len(row.problems) for row in run.rows.all()] == [1, 1]


def test_a_photo_that_was_replaced_comes_back(street: BaseBasket) -> None:
    client, listing = keeper(street), street.listings[0]
    first = bring(client, packed(bread_row(street, photo="a.jpg"), a=picture()), "a.zip")
    carry_out(client, first)
    listing.refresh_from_db()
    before = (listing.picture_path, listing.photos.get().photo_id)
    second = packed(bread_row(street, photo="B.JPG"), b=picture((200, 0, 0)))
    run = carry_out(client, bring(client, second, "b.zip"))
    listing.refresh_from_db()
    assert listing.photos.get().photo_id != before[1]
    undo(client, run)
    listing.refresh_from_db()
    assert (listing.picture_path, listing.photos.get().photo_id) == before
    undo(client, first)
    listing.refresh_from_db()
    assert (listing.picture_path, listing.photos.count()) == ("", 0)


def test_what_was_off_the_street_stays_off_it(street: BaseBasket) -> None:
    client, listing = keeper(street), street.listings[0]
    withdraw_listing(seller=listing.seller, listing_id=listing.pk)
    run = carry_out(client, bring(client, xlsx(bread_row(street))))
    assert (stands(street)[0], Listing.objects.get(pk=listing.pk).status) == (310, "withdrawn")
    undo(client, run)
    assert (stands(street)[0], Listing.objects.get(pk=listing.pk).status) == (295, "withdrawn")


def test_an_offer_that_ran_says_van_again(street: BaseBasket) -> None:
    client, listing = keeper(street), street.listings[0]
    set_price(seller=listing.seller, listing_id=listing.pk, price_cents=250, now=NOW, is_offer=True)
    run = carry_out(client, bring(client, xlsx(bread_row(street))))
    listing.refresh_from_db()
    assert listing.prior_price_cents is None
    undo(client, run)
    listing.refresh_from_db()
    assert (listing.price_cents, listing.prior_price_cents) == (250, 295)


def test_what_something_hangs_on_leaves_the_street_and_the_undo_ends(street: BaseBasket) -> None:
    client, seller = keeper(street), street.sellers[0]
    run = bring(client, xlsx(*[["", f"Mok {n}", 9, 6, "Wonen", "", "", ""] for n in range(3)]))
    carry_out(client, run)
    mug = Listing.objects.get(title="Mok 1")
    draft = surplus_draft(street, listing_id=mug.pk, pieces=3, made_pieces=None)
    start_surplus(seller=seller, draft=draft, user=None, now=NOW)
    assert undo(client, run).state == "undone"
    left = Listing.objects.filter(title__startswith="Mok").values_list("title", "status")
    assert list(left) == [("Mok 1", "withdrawn")]


@pytest.mark.parametrize("price", [14.5, "14,5", "14,50", "€ 14,50"])
def test_a_price_is_the_same_however_it_is_written(street: BaseBasket, price: object) -> None:
    book = street.listings[2]
    row = [book.pk, book.title, price, 50, "Boeken en papier", "", "", ""]
    assert verdicts(bring(keeper(street, 3), xlsx(row))) == ["same"]


@pytest.mark.parametrize(
    "photo",
    [
        "mok.jpg",
        "http://foto.example/mok.jpg",
        "https://127.0.0.1/mok.jpg",
        "https://localhost/mok.jpg",
        "https://10.0.0.5/mok.jpg",
        "https://169.254.169.254/latest/",
        "https://[::1]/mok.jpg",
        "https://iemand:geheim@foto.example/mok.jpg",
        "https://foto.example:8443/mok.jpg",
        "file:///etc/passwd",
        "https://foto.example/" + "a" * 400,
    ],
)
def test_a_photo_that_cannot_come_is_said_before_anything_is_done(
    street: BaseBasket, photo: str
) -> None:
    run = bring(keeper(street), xlsx(["", "Mok", 9, 6, "Wonen", "", "", photo]))
    assert verdicts(run) == ["refused"]
    assert run.rows.get().problems[0]["label"] == "foto"


@pytest.mark.parametrize(
    "number",
    [
        "192.168.1.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:a00:1::1",
        "2001:0:1::1",
        "ff02::1",
        "224.0.0.1",
    ],
)
def test_a_name_that_points_inside_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setattr(
        fetching.socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (number, 443))]
    )
    assert may_be_fetched("https://foto.example/mok.jpg")
    with pytest.raises(PictureRefused, match="unreachable"):
        connect_publicly("foto.example")


class Photos(BaseHTTPRequestHandler):
    """A web site with a photo, something heavy, a way inside and nothing else."""

    def do_GET(self) -> None:
        body = {"/mok.jpg": picture(), "/zwaar.jpg": b"x" * (MOST_BYTES + 1)}.get(self.path)
        self.send_response(200 if body else 302 if self.path == "/binnen" else 404)
        self.send_header("Location", "http://127.0.0.1/")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args: object) -> None:
        """Stay silent."""


def test_a_photo_that_trickles_in_does_not_hold_the_worker(
    site: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST_SECONDS", -1)
    with pytest.raises(PictureRefused, match="unreachable"):
        fetch_picture(
            "https://foto.example/mok.jpg", connect=lambda _h: HTTPConnection("127.0.0.1", site)
        )


@pytest.fixture
def site() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Photos)
    Thread(target=server.serve_forever, daemon=True).start()
    with closing(server.socket):
        yield server.server_port
        server.shutdown()


def test_photos_come_from_the_web_and_a_bad_one_keeps_its_row(
    street: BaseBasket, site: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(address: str) -> bytes:
        return fetch_picture(address, connect=lambda _host: HTTPConnection("127.0.0.1", site))

    monkeypatch.setitem(import_photos.PhotoBox.__init__.__kwdefaults__, "fetch", fetch)
    client = keeper(street)
    names = ("mok.jpg", "zwaar.jpg", "binnen", "weg.jpg")
    rows = [
        ["", f"Mok {number}", 9, 6, "Wonen", "", "", f"https://foto.example/{name}"]
        for number, name in enumerate(names)
    ]
    run = carry_out(client, bring(client, xlsx(*rows)))
    assert run.state == "done"
    shown = Listing.objects.filter(title__startswith="Mok").order_by("title")
    assert [bool(one.picture_path) for one in shown] == [True, False, False, False]
    said = [row.problems[0]["text"] if row.problems else "" for row in run.rows.all()]
    assert [text[:30] for text in said] == [
        "",
        "Deze foto is groter dan 10 MB.",
        "We konden deze foto niet ophal",
        "We konden deze foto niet ophal",
    ]


def test_a_list_of_hundreds_costs_a_few_statements_a_batch_and_is_undone(
    street: BaseBasket, django_assert_max_num_queries: Any
) -> None:
    client, seller = keeper(street), street.sellers[0]
    before = {key: (one.price_cents, one.version) for key, one in map_own_listings(seller).items()}
    run = bring(client, write_file(500))
    assert sorted(set(verdicts(run))) == ["new", "refused"]
    assert verdicts(run).count("refused") == 4
    client.post(f"{SHEETS}{run.pk}/doorvoeren/")
    with django_assert_max_num_queries(75):
        work_off(run)
    assert seller.listings.filter(status="published").count() == 497
    client.post(f"{SHEETS}{run.pk}/terug/")
    work_off(run)
    after = {key: (one.price_cents, one.version) for key, one in map_own_listings(seller).items()}
    assert after == before
