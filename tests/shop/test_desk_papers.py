"""A shop finds its invoices and a list for the accountant; a buyer his own, and nobody more."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.payments.models import Paper, Payment
from winkelstraat.payments.operations import RefundWish, refund
from winkelstraat.shop.models import Purchase

pytestmark = pytest.mark.django_db

PAPERS = "/mijn-winkel/geld/facturen/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def janna() -> User:
    return User.objects.create_user("janna@example.nl")


@pytest.fixture
def purchase(street: BaseBasket, janna: User) -> Purchase:
    now = timezone.now()
    return pay(order(street, user=janna, now=now), now=now)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def keeper(street: BaseBasket, number: int) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="helper")
    return signed_in(user)


def invoice_of(street: BaseBasket, number: int) -> Paper:
    return Paper.objects.get(enterprise=street.sellers[number - 1].enterprise, kind="invoice")


def test_a_paid_purchase_has_an_invoice_per_shop(street: BaseBasket, purchase: Purchase) -> None:
    assert Paper.objects.count() == 3
    page = keeper(street, 1).get(PAPERS).content.decode()
    assert invoice_of(street, 1).number in page
    assert "€\xa08,85" in page
    assert "€\xa024,99" not in page


@pytest.mark.parametrize("kind", ["pdf", "xml"])
def test_a_shop_opens_its_own_papers_only(
    street: BaseBasket, purchase: Purchase, kind: str
) -> None:
    client = keeper(street, 1)
    own = client.get(f"{PAPERS}{invoice_of(street, 1).pk}.{kind}")
    assert own.status_code == 200
    assert own.content.startswith(b"%PDF" if kind == "pdf" else b"<?xml")
    assert client.get(f"{PAPERS}{invoice_of(street, 2).pk}.{kind}").status_code == 404


def test_the_buyer_opens_the_papers_of_his_order(
    street: BaseBasket, purchase: Purchase, janna: User
) -> None:
    client = signed_in(janna)
    page = client.get(f"/bestelling/{purchase.number}/").content.decode()
    for number in (1, 2, 3):
        url = f"/bestelling/{purchase.number}/factuur/{invoice_of(street, number).pk}.pdf"
        assert url in page
    assert client.get(url).content.startswith(b"%PDF")
    stranger = signed_in(User.objects.create_user("piet@example.nl"))
    assert stranger.get(url).status_code == 404
    assert Client().get(url).status_code in (302, 404)


def test_the_accountants_list_adds_up_and_credits_below_zero(
    street: BaseBasket, purchase: Purchase
) -> None:
    number = f"{purchase.number}-2"
    wish = RefundWish(payment_id=Payment.objects.get().pk, key="1", shops=[number])
    refund(wish=wish, now=timezone.now())
    answer = keeper(street, 2).get(f"{PAPERS}lijst.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert rows[0][0] == "Datum"
    assert [row[4:] for row in rows[1:]] == [
        ["21,00", "20,65", "4,34", "24,99"],
        ["21,00", "-20,65", "-4,34", "-24,99"],
    ]
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_name_that_is_a_formula_is_disarmed(street: BaseBasket) -> None:
    now = timezone.now()
    purchase = order(street, now=now)
    Purchase.objects.filter(pk=purchase.pk).update(buyer_name='=HYPERLINK("x")')
    purchase.refresh_from_db()
    pay(purchase, now=now)
    answer = keeper(street, 1).get(f"{PAPERS}lijst.csv")
    assert "'=HYPERLINK" in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize(
    "query", ["?van=gisteren", "?van=2026-13-45&tot=x", "?van=2027-01-01&tot=2026-01-01"]
)
def test_days_that_cannot_be_read_show_the_last_months(
    street: BaseBasket, purchase: Purchase, query: str
) -> None:
    assert keeper(street, 1).get(PAPERS + query).status_code == 200
