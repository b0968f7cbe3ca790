"""Withdraw in two steps, as a guest, until the last second (W27)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.shop.models import Purchase, SellerOrder, SellerOrderLine, Withdrawal
from winkelstraat.shop.operations import withdrawals
from winkelstraat.shop.operations.mails import build_confirmation
from winkelstraat.shop.operations.withdrawal_mails import mail_withdrawal
from winkelstraat.shop.queries.withdrawals import list_contracts

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 11, 25, 15, tzinfo=UTC)
LAST_SECOND = datetime(2026, 12, 9, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def street() -> BaseBasket:
    cache.clear()
    return base_basket()


@pytest.fixture
def purchase(street: BaseBasket) -> Purchase:
    return pay(order(street))


def line_of(purchase: Purchase, title: str) -> SellerOrderLine:
    return SellerOrderLine.objects.get(seller_order__purchase=purchase, title=title)


def find(client: Client, purchase: Purchase, **changes: str) -> object:
    fields = {"number": purchase.number, "email": purchase.buyer_email, "name": "Janna Veen"}
    return client.post("/ontbinden/", {**fields, **changes})


def state(purchase: Purchase, *, at: datetime, **units: int) -> list[Withdrawal]:
    return withdrawals.withdraw(
        statement=withdrawals.Statement(
            purchase.pk,
            "Janna Veen",
            "janna@example.nl",
            {line_of(purchase, title).pk: count for title, count in units.items()},
        ),
        now=at,
    )


def collect(purchase: Purchase) -> None:
    purchase.seller_orders.update(status="collected", collected_at=RECEIVED)


def test_a_guest_withdraws_in_two_steps(client: Client, purchase: Purchase) -> None:
    found = find(
        client, purchase, number=f" {purchase.number.lower()}-2 ", email="JANNA@example.nl"
    )
    assert found.status_code == 200
    page = found.content.decode()
    assert "Ontbinding bevestigen" in page
    token = found.context["found"]
    paint, bread = line_of(purchase, "Muurverf"), line_of(purchase, "Volkorenbrood")
    assert f"line-{paint.pk}" in page
    assert f"line-{bread.pk}" not in page, "bread spoils and cannot be sent back"
    done = client.post("/ontbinden/", {"found": token, f"line-{paint.pk}": "1"})
    assert done.status_code == 200
    withdrawal = Withdrawal.objects.get()
    assert withdrawal.seller_order == paint.seller_order
    assert (withdrawal.name, withdrawal.email) == ("Janna Veen", "JANNA@example.nl")
    assert withdrawal.in_time
    assert withdrawal.deadline is None, "it was not received yet"
    assert list(withdrawal.lines.values_list("line", "quantity")) == [(paint.pk, 1)]
    again = client.post("/ontbinden/", {"found": token, f"line-{paint.pk}": "1"})
    assert again.status_code == 422, "there is nothing left to withdraw from"
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"email": "other@example.nl"}, {"number": "AAAAAAAAAA"}, {"email": "nonsense"}, {"name": ""}],
)
def test_an_order_is_found_only_with_its_own_address(
    client: Client, purchase: Purchase, changes: dict[str, str]
) -> None:
    answer = find(client, purchase, **changes)
    assert answer.status_code == 422
    assert "Ontbinding bevestigen" not in answer.content.decode()


def test_guessing_addresses_ends_after_five_tries(client: Client, purchase: Purchase) -> None:
    for _ in range(5):
        assert find(client, purchase, email="other@example.nl").status_code == 422
    answer = find(client, purchase)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]


def test_an_unpaid_order_binds_nobody(client: Client, street: BaseBasket) -> None:
    assert find(client, order(street)).status_code == 422


@pytest.mark.parametrize("found", ["", "nonsense", "WzEsMl0:1abc:xyz"])
def test_a_step_that_was_made_up_starts_again(
    client: Client, purchase: Purchase, found: str
) -> None:
    answer = client.post("/ontbinden/", {"found": found, "line-1": "1"})
    assert answer.status_code == 422
    assert not Withdrawal.objects.exists()


def test_w27_the_last_second_counts_and_the_next_does_not(purchase: Purchase) -> None:
    collect(purchase)
    (in_time,) = state(purchase, at=LAST_SECOND - timedelta(seconds=89), Muurverf=1)
    assert in_time.in_time
    assert in_time.deadline == LAST_SECOND
    (late,) = state(purchase, at=LAST_SECOND + timedelta(seconds=2), **{"Verhalen van de es": 1})
    assert not late.in_time, "it is kept for the shop all the same"
    shops = {row.shop_name: row for row in list_contracts(purchase, now=late.stated_at)}
    assert not shops["De Bladwijzer"].is_open
    assert shops["De Bladwijzer"].lines[0].left == 1, "a late statement takes nothing"


def test_the_proof_says_when_it_was_stated_and_not_when_it_was_sent(purchase: Purchase) -> None:
    collect(purchase)
    stated = datetime(2026, 12, 9, 22, 58, 30, tzinfo=UTC)
    (withdrawal,) = state(purchase, at=stated, Muurverf=1)
    mail.outbox.clear()
    for _ in range(2):
        mail_withdrawal(withdrawal_id=withdrawal.pk, now=stated + timedelta(minutes=4))
    proof, notice = mail.outbox
    assert proof.to == ["janna@example.nl"]
    assert "09-12-2026 23:58:30 (2026-12-09T22:58:30Z)" in proof.body
    assert "1 x Muurverf" in proof.body
    assert notice.to == [withdrawal.seller_order.seller.enterprise.email]
    assert "Volkorenbrood" not in notice.body


def test_a_statement_over_two_shops_is_one_for_each(purchase: Purchase) -> None:
    made = state(purchase, at=NOW, Muurverf=1, **{"Verhalen van de es": 1})
    assert len({withdrawal.seller_order_id for withdrawal in made}) == 2


def test_what_cannot_be_withdrawn_is_refused_and_nothing_is_written(
    purchase: Purchase, street: BaseBasket
) -> None:
    other = pay(order(street))
    foreign = withdrawals.Statement(purchase.pk, "X", "x@x.nl", {line_of(other, "Muurverf").pk: 1})
    with pytest.raises(withdrawals.UnknownOrder):
        withdrawals.withdraw(statement=foreign, now=NOW)
    with pytest.raises(withdrawals.CannotWithdraw):
        state(purchase, at=NOW, Volkorenbrood=1)
    with pytest.raises(withdrawals.CannotWithdraw):
        state(purchase, at=NOW, Muurverf=2)
    with pytest.raises(withdrawals.NothingWithdrawn):
        state(purchase, at=NOW, Muurverf=0)
    SellerOrder.objects.filter(purchase=purchase).update(status="cancelled")
    with pytest.raises(withdrawals.UnknownOrder):
        state(purchase, at=NOW, Muurverf=1)
    assert not Withdrawal.objects.exists()


def test_the_link_stands_in_footer_order_and_mail(client: Client, purchase: Purchase) -> None:
    assert "Hier de overeenkomst ontbinden" in client.get("/mandje/").content.decode()
    letter = build_confirmation(purchase)
    assert "/ontbinden/" in letter.body
