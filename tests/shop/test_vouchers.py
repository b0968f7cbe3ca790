"""Vouchers through the pages: who pays for them decides what the shops turn over, to the cent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.shop.street import (
    NOTHING,
    BaseBasket,
    base_basket,
    checkout_fields,
    fill_basket,
    written,
)
from winkelstraat.payments.models import Payment, PaymentPart
from winkelstraat.shop.models import Listing, Purchase, SellerOrder, Voucher, VoucherUse
from winkelstraat.shop.operations.orders import expire_purchase

pytestmark = pytest.mark.django_db


@pytest.fixture
def street() -> BaseBasket:
    return base_basket(commission_basis_points=250)


def make_voucher(**wish: object) -> Voucher:
    now = timezone.now()
    values = {
        "code": "NOABER",
        "funded_by": "shop",
        "amount_cents": 500,
        "valid_from": now - timedelta(days=1),
        "valid_until": now + timedelta(days=1),
    }
    return Voucher.objects.create(**{**values, **wish})


def use(client: Client, code: str = "noaber") -> object:
    return client.post("/mandje/bon/", {"code": code})


def order_with_voucher(client: Client, seen: str) -> object:
    return client.post("/afrekenen/", checkout_fields(client, step="place", seen_total=seen))


def sums() -> list[tuple[int, ...]]:
    found = SellerOrder.objects.order_by("sequence")
    return list(
        found.values_list(
            "shop_discount_cents", "platform_discount_cents", "total_cents", "vat_cents"
        )
    )


def test_a_voucher_of_the_shops_lowers_their_turnover_and_vat(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    make_voucher()
    fill_basket(client, street)
    assert use(client)["Location"] == "/mandje/"
    page = client.get("/mandje/").content.decode()
    assert "€\u00a043,34" in page
    assert "Waardebon NOABER: €\u00a05,00 eraf" in page
    review = client.post("/afrekenen/", checkout_fields(client, step="review")).content.decode()
    for text in ("- €\u00a00,92", "- €\u00a02,58", "- €\u00a01,50", "€\u00a043,34"):
        assert text in review
    assert order_with_voucher(client, "4334").status_code == 303
    assert sums() == [(92, 0, 793, 65), (258, 0, 2241, 389), (150, 0, 1300, 107)]
    assert Payment.objects.get().amount_cents == 4334
    parts = PaymentPart.objects.order_by("sequence")
    assert list(parts.values_list("gross_cents", "fee_cents", "transfer_cents")) == [
        (793, 20, 773),
        (2241, 56, 2185),
        (1300, 33, 1267),
    ]
    assert VoucherUse.objects.get().amount_cents == 500


def test_a_voucher_of_the_street_leaves_the_shops_their_turnover_and_vat(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    make_voucher(funded_by="platform")
    fill_basket(client, street)
    use(client)
    order_with_voucher(client, "4334")
    assert sums() == [(0, 92, 793, 73), (0, 258, 2241, 434), (0, 150, 1300, 120)]
    assert Payment.objects.get().amount_cents == 4334
    parts = PaymentPart.objects.order_by("sequence")
    rows = parts.values_list(
        "gross_cents", "paid_cents", "fee_cents", "transfer_cents", "top_up_cents"
    )
    assert list(rows) == [
        (885, 793, 22, 863, 70),
        (2499, 2241, 62, 2437, 196),
        (1450, 1300, 36, 1414, 114),
    ]


def test_the_order_tells_the_discount_of_each_part(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    make_voucher(funded_by="platform")
    fill_basket(client, street)
    use(client)
    order_with_voucher(client, "4334")
    purchase = Purchase.objects.get()
    text = client.get(f"/bestelling/{purchase.number}/").content.decode()
    for part in ("- €\u00a00,92", "- €\u00a02,58", "- €\u00a01,50", "€\u00a043,34"):
        assert part in text
    assert purchase.snapshot["voucher"]["code"] == "NOABER"


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"code": "ANDERS"}, "We kennen deze code niet."),
        ({"minimum_cents": 5000}, "Deze bon geldt vanaf €\u00a050,00"),
        (
            {
                "valid_until": datetime(2026, 1, 2, tzinfo=UTC),
                "valid_from": datetime(2026, 1, 1, tzinfo=UTC),
            },
            "De tijd van deze bon is voorbij.",
        ),
        ({"uses_limit": 0}, "Deze bon is op."),
    ],
)
def test_a_voucher_that_does_not_hold_says_why_and_keeps_what_was_typed(
    client: Client, street: BaseBasket, wish: dict[str, object], text: str
) -> None:
    make_voucher(**wish)
    fill_basket(client, street)
    answer = use(client, "noaber")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert text in page
    assert 'value="noaber"' in page
    assert client.get("/mandje/").context["basket"].total_cents == 4834


def test_codes_cannot_be_guessed_by_trying(client: Client, street: BaseBasket) -> None:
    fill_basket(client, street)
    answers = [use(client, f"RAAD{number}").status_code for number in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_voucher_that_another_used_meanwhile_is_refused_and_nothing_is_written(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    make_voucher(uses_limit=1)
    other = Client()
    for visitor in (client, other):
        fill_basket(visitor, street)
        use(visitor)
    assert order_with_voucher(other, "4334").status_code == 303
    before = written()
    answer = client.post(
        "/afrekenen/", checkout_fields(client, step="place", seen_total="4334"), follow=True
    )
    assert "Deze bon is op." in answer.content.decode()
    assert written() == before
    assert answer.context["basket"].total_cents == 4834


def test_a_use_comes_back_when_nobody_pays(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    make_voucher(uses_limit=1)
    fill_basket(client, street)
    use(client)
    order_with_voucher(client, "4334")
    purchase = Purchase.objects.get()
    expire_purchase(purchase_ref=purchase.reference, now=timezone.now())
    assert VoucherUse.objects.get().given_back_at is not None
    basket = client.get("/mandje/").context["basket"]
    assert (basket.total_cents, basket.voucher.code) == (4334, "NOABER")


def test_w35_of_alcohol_at_most_a_quarter_goes_off(client: Client, street: BaseBasket) -> None:
    beer, *_rest = street.listings
    Listing.objects.filter(pk=beer.pk).update(alcohol_class="weak", price_cents=799)
    make_voucher(code="VEEL", amount_cents=249)
    make_voucher(code="KAN", amount_cents=199)
    client.post("/mandje/erin/", {"listing": beer.pk, "quantity": 1})
    answer = use(client, "VEEL")
    assert answer.status_code == 422
    assert "Van alcohol mag hooguit een kwart af." in answer.content.decode()
    use(client, "KAN")
    assert client.get("/mandje/").context["basket"].total_cents == 600


def test_what_may_not_go_off_alcohol_goes_off_the_rest(client: Client, street: BaseBasket) -> None:
    bread, paint, _book = street.listings
    Listing.objects.filter(pk=bread.pk).update(alcohol_class="weak")
    make_voucher(amount_cents=None, percentage_basis_points=5000)
    for listing in (bread, paint):
        client.post("/mandje/erin/", {"listing": listing.pk, "quantity": 1})
    use(client)
    lines = [
        line.discount_cents
        for shop in client.get("/mandje/").context["basket"].shops
        for line in shop.lines
    ]
    assert lines == [0, 1250]


def test_no_shop_sells_for_nothing_at_its_own_cost(client: Client, street: BaseBasket) -> None:
    make_voucher(amount_cents=9000)
    fill_basket(client, street)
    use(client)
    answer = client.post(
        "/afrekenen/", checkout_fields(client, step="place", seen_total="0"), follow=True
    )
    assert "Met deze bon krijgt een winkel niets voor zijn spullen." in answer.content.decode()
    assert written() == NOTHING


def test_w34_a_deposit_stands_apart_and_nothing_goes_off_it(
    client: Client, street: BaseBasket, sandbox: object
) -> None:
    cache.clear()
    cans, *_rest = street.listings
    Listing.objects.filter(pk=cans.pk).update(price_cents=149, deposit_cents=15)
    make_voucher(amount_cents=None, percentage_basis_points=1000)
    client.post("/mandje/erin/", {"listing": cans.pk, "quantity": 6})
    assert client.get("/mandje/").context["basket"].total_cents == 984
    use(client)
    page = client.get("/mandje/").content.decode()
    assert "<span>Statiegeld</span><span>€\u00a00,90</span>" in page
    assert "- €\u00a00,89" in page
    assert order_with_voucher(client, "895").status_code == 303
    order = SellerOrder.objects.get()
    assert (order.goods_cents, order.deposit_cents, order.total_cents) == (894, 90, 895)
    assert order.vat_cents == 66
    part = PaymentPart.objects.get()
    assert (part.gross_cents, part.fee_cents, part.transfer_cents) == (895, 20, 875)
