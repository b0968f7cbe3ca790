"""A shopkeeper gives money back from the desk, and the buyer hears and sees it, once."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from dorpen.register.operations import add_member
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.payments.models import Refund
from winkelstraat.shop.models import Purchase, SellerOrder
from winkelstraat.shop.operations.orders import mark_ready
from winkelstraat.shop.operations.refund_mails import mail_refund
from winkelstraat.shop.operations.withdrawals import Statement, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def purchase(street: BaseBasket, django_capture_on_commit_callbacks: Any) -> Purchase:
    with django_capture_on_commit_callbacks(execute=True):
        found = pay(order(street))
    mail.outbox.clear()
    return found


def keeper(street: BaseBasket, number: int) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="helper")
    client = Client()
    client.force_login(user)
    return client


def part(purchase: Purchase, number: int) -> SellerOrder:
    return purchase.seller_orders.get(sequence=number)


def address(purchase: Purchase, number: int) -> str:
    return f"/mijn-winkel/bestelling/{part(purchase, number).number}/teruggeven/"


def bread(street: BaseBasket) -> str:
    return f"line-{street.listings[0].pk}"


def fields(client: Client, url: str, **changes: str) -> dict[str, str]:
    key = client.get(url).context["form"]["key"].value()
    return {"key": key, "reason": "Het brood was op.", **changes}


def test_one_bread_goes_back_after_the_amount_was_seen(
    street: BaseBasket, purchase: Purchase, django_capture_on_commit_callbacks: Any
) -> None:
    client, url = keeper(street, 1), address(purchase, 1)
    sent = fields(client, url, **{bread(street): "1"})
    shown = client.post(url, sent)
    assert "€\xa02,95 gaat terug naar de koper" in shown.content.decode()
    assert not Refund.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {**sent, "sure": "on"}).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_cents, refund.state) == (295, "succeeded")
    assert refund.asked_by == "winkelier1@example.nl"
    (told,) = mail.outbox
    assert told.to == ["janna@example.nl"]
    assert "€\xa02,95" in told.body
    assert "Het brood was op." in told.body
    mail_refund(refund_id=refund.pk, now=NOW)
    assert len(mail.outbox) == 1
    assert part(purchase, 1).status == "paid"


def test_the_same_form_twice_gives_back_once(street: BaseBasket, purchase: Purchase) -> None:
    client, url = keeper(street, 1), address(purchase, 1)
    sent = fields(client, url, **{bread(street): "1", "sure": "on"})
    for _time in range(2):
        assert client.post(url, sent).status_code == 302
    assert Refund.objects.count() == 1


def test_an_order_that_is_given_back_whole_need_not_be_packed(
    street: BaseBasket, purchase: Purchase
) -> None:
    client, url = keeper(street, 1), address(purchase, 1)
    mark_ready(seller=street.sellers[0], number=part(purchase, 1).number, now=NOW)
    client.post(url, fields(client, url, **{bread(street): "3", "sure": "on"}))
    assert part(purchase, 1).status == "cancelled"
    assert part(purchase, 2).status == "paid"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Een van de twee"),
        ({"amount": "2,50", "BREAD": "1"}, "Een van de twee"),
        ({"amount": "8,86"}, "Hooguit €\xa08,85"),
        ({"amount": "niets"}, "zoals 2,50"),
        ({"BREAD": "4"}, "Er zitten er 3 in deze bestelling"),
        ({"BREAD": "1", "reason": ""}, "verplicht"),
    ],
)
def test_what_cannot_be_given_back_says_so_and_keeps_what_was_typed(
    street: BaseBasket, purchase: Purchase, changes: dict[str, str], says: str
) -> None:
    client, url = keeper(street, 1), address(purchase, 1)
    sent = {bread(street) if name == "BREAD" else name: text for name, text in changes.items()}
    answer = client.post(url, fields(client, url, **sent, sure="on"))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    if "amount" in changes:
        assert f'value="{changes["amount"]}"' in answer.content.decode()
    assert not Refund.objects.exists()


def test_another_shop_finds_nothing(street: BaseBasket, purchase: Purchase) -> None:
    own, url = keeper(street, 1), address(purchase, 1)
    other = keeper(street, 2)
    sent = fields(own, url, **{bread(street): "1", "sure": "on"})
    assert other.get(url).status_code == 404
    assert other.post(url, sent).status_code == 404
    assert not Refund.objects.exists()


def test_what_the_buyer_withdrew_from_is_filled_in(street: BaseBasket, purchase: Purchase) -> None:
    line = part(purchase, 2).lines.get()
    withdraw(
        statement=Statement(purchase.pk, "Janna Veen", "janna@example.nl", {line.pk: 1}),
        now=NOW,
    )
    shown = keeper(street, 2).get(address(purchase, 2))
    (field,) = [bound for _line, bound in shown.context["form"].line_fields()]
    assert field.value() == 1
    assert "De koper ontbond de koop van 1 × Muurverf" in shown.content.decode()


def test_the_buyer_sees_what_comes_back(street: BaseBasket) -> None:
    janna = User.objects.create_user("janna@example.nl")
    purchase = pay(order(street, user=janna))
    client, url = keeper(street, 1), address(purchase, 1)
    client.post(url, fields(client, url, **{bread(street): "1", "sure": "on"}))
    buyer = Client()
    buyer.force_login(janna)
    page = buyer.get(f"/bestelling/{purchase.number}/").content.decode()
    assert "Geld terug" in page
    assert "Volkorenbrood" in page
    assert "Het is onderweg" in page
