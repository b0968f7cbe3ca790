"""The money of a withdrawal comes back on the clock of the law (CON-08)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from tests.shop.test_desk import keeper
from winkelstraat.bridges.sweeping import sweep_due_withdrawals, sweep_reminders
from winkelstraat.payments.models import Refund
from winkelstraat.shop.domain.withdrawal import may_wait
from winkelstraat.shop.models import Purchase, SellerOrderLine, Withdrawal
from winkelstraat.shop.operations.withdrawals import Statement, withdraw
from winkelstraat.shop.queries.order_keys import get_order_key

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 11, 25, 15, tzinfo=UTC)
STATED = datetime(2026, 12, 1, 9, tzinfo=UTC)
DUE = date(2026, 12, 15)
LAST_DAY = datetime(2026, 12, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def purchase(street: BaseBasket) -> Purchase:
    found = pay(order(street))
    found.seller_orders.update(status="collected", collected_at=RECEIVED)
    return found


def state(purchase: Purchase, *, at: datetime = STATED) -> Withdrawal:
    """Let the buyer withdraw from the book of the third shop."""
    line = SellerOrderLine.objects.get(seller_order__purchase=purchase, title__contains="Verhalen")
    statement = Statement(purchase.pk, "Janna Veen", "janna@example.nl", {line.pk: 1})
    return withdraw(statement=statement, now=at)[0]


def buyer(purchase: Purchase) -> Client:
    client = Client()
    client.get(f"/bestelling/{purchase.number}/{get_order_key(purchase.number)}/")
    return client


def refunds() -> list[tuple[int, str]]:
    return list(Refund.objects.order_by("pk").values_list("amount_cents", "asked_by"))


@pytest.mark.parametrize(
    ("today", "received", "returned", "sent", "waits"),
    [
        (DUE - timedelta(days=1), True, False, False, True),
        (DUE - timedelta(days=1), True, True, True, True),
        (DUE, True, True, False, False),
        (DUE, True, False, True, False),
        (DUE, True, False, False, True),
        (DUE + timedelta(days=30), True, False, False, True),
        (DUE - timedelta(days=13), False, False, False, False),
    ],
)
def test_w28_how_long_a_shop_may_keep_the_money(
    today: date, received: bool, returned: bool, sent: bool, waits: bool
) -> None:
    found = may_wait(today, DUE, was_received=received, is_returned=returned, is_sent=sent)
    assert found is waits


def test_the_last_day_is_the_fourteenth_after_the_statement(purchase: Purchase) -> None:
    assert state(purchase).refund_due_on == DUE


def test_w28_the_shop_has_it_back_and_pays_at_once_and_once(
    street: BaseBasket, purchase: Purchase
) -> None:
    withdrawal, client = state(purchase), keeper(street, 3)
    assert "Verhalen van de es" in client.get("/mijn-winkel/retour/").content.decode()
    page = f"/mijn-winkel/retour/{withdrawal.pk}/terug/"
    client.post(page)
    client.post(page)
    assert refunds() == [(1450, "winkelier3@example.nl")]
    withdrawal.refresh_from_db()
    assert withdrawal.returned_at is not None
    assert withdrawal.settled_at is not None


def test_w28_on_the_last_day_the_street_pays_what_the_buyer_sent(purchase: Purchase) -> None:
    withdrawal = state(purchase)
    client = buyer(purchase)
    page = f"/bestelling/{purchase.number}/verstuurd/{withdrawal.pk}/"
    client.post(page, {"proof": "  "})
    withdrawal.refresh_from_db()
    assert withdrawal.sent_at is None
    client.post(page, {"proof": "3STEST123"})
    client.post(page, {"proof": "iets anders"})
    withdrawal.refresh_from_db()
    assert withdrawal.sent_proof == "3STEST123"
    assert sweep_due_withdrawals(now=LAST_DAY - timedelta(days=1)) == 0
    assert sweep_due_withdrawals(now=LAST_DAY) == 1
    assert sweep_due_withdrawals(now=LAST_DAY + timedelta(days=1)) == 0
    assert refunds() == [(1450, "clock")]


def test_w28_without_the_goods_or_a_proof_the_shop_may_wait(purchase: Purchase) -> None:
    state(purchase)
    assert sweep_due_withdrawals(now=LAST_DAY + timedelta(days=60)) == 0
    assert refunds() == []


def test_what_was_never_handed_over_is_paid_without_waiting(street: BaseBasket) -> None:
    purchase = pay(order(street))
    state(purchase, at=NOW)
    assert sweep_due_withdrawals(now=NOW) == 1
    assert refunds() == [(1450, "clock")]
    assert purchase.seller_orders.get(sequence=3).status == "cancelled"


def test_money_that_was_given_back_otherwise_is_not_given_twice(
    street: BaseBasket, purchase: Purchase
) -> None:
    withdrawal, client = state(purchase), keeper(street, 3)
    number = purchase.seller_orders.get(sequence=3).number
    page = f"/mijn-winkel/bestelling/{number}/teruggeven/"
    key = client.get(page).context["form"]["key"].value()
    field = f"line-{street.listings[2].pk}"
    client.post(page, {"key": key, "reason": "Terug.", field: "1", "sure": "on"})
    withdrawal.refresh_from_db()
    assert withdrawal.settled_at is not None
    client.post(f"/mijn-winkel/retour/{withdrawal.pk}/terug/")
    assert [cents for cents, _by in refunds()] == [1450]


def test_w28_the_shop_is_reminded_once_after_ten_days(purchase: Purchase) -> None:
    state(purchase)
    mail.outbox.clear()
    assert sweep_reminders(now=STATED + timedelta(days=10) - timedelta(seconds=1)) == 0
    assert sweep_reminders(now=STATED + timedelta(days=10)) == 1
    assert sweep_reminders(now=STATED + timedelta(days=11)) == 0
    (reminder,) = mail.outbox
    assert "15 december" in reminder.body


def test_a_statement_that_came_too_late_moves_no_money(
    street: BaseBasket, purchase: Purchase
) -> None:
    late = state(purchase, at=RECEIVED + timedelta(days=30))
    assert late.in_time is False
    page = f"/mijn-winkel/retour/{late.pk}/terug/"
    assert keeper(street, 3).post(page).status_code == 404
    proof = f"/bestelling/{purchase.number}/verstuurd/{late.pk}/"
    assert buyer(purchase).post(proof, {"proof": "x"}).status_code == 404
    assert refunds() == []


def test_nobody_else_says_that_it_was_sent(purchase: Purchase) -> None:
    withdrawal = state(purchase)
    page = f"/bestelling/{purchase.number}/verstuurd/{withdrawal.pk}/"
    assert Client().post(page, {"proof": "x"}).status_code == 404
    withdrawal.refresh_from_db()
    assert withdrawal.sent_at is None
