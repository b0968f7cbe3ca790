"""A buyer complains, the shop answers in time, and staff see what stays without an answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.backoffice.test_claims import client_of
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from tests.shop.test_desk import keeper
from winkelstraat.accounts.models import Role
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.models import Complaint, ComplaintMessage, Purchase
from winkelstraat.shop.operations.complaints import complain
from winkelstraat.shop.queries.complaints import list_late_complaints
from winkelstraat.shop.queries.order_keys import get_order_key

pytestmark = pytest.mark.django_db

DESK = "/mijn-winkel/klachten/"


@pytest.fixture(autouse=True)
def _back_office(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def purchase(street: BaseBasket) -> Purchase:
    return pay(order(street))


def buyer(purchase: Purchase) -> Client:
    client = Client()
    client.get(f"/bestelling/{purchase.number}/{get_order_key(purchase.number)}/")
    return client


def page(purchase: Purchase) -> str:
    return f"/bestelling/{purchase.number}/klacht/{purchase.number}-1/"


def test_buyer_and_shop_talk_until_it_is_solved(street: BaseBasket, purchase: Purchase) -> None:
    guest, shop = buyer(purchase), keeper(street, 1)
    assert page(purchase) in guest.get(f"/bestelling/{purchase.number}/").content.decode()
    guest.post(page(purchase), {"text": "Het brood was hard."})
    complaint = Complaint.objects.get()
    assert "Het brood was hard." in shop.get(DESK).content.decode()
    shop.post(f"{DESK}{complaint.pk}/", {"text": "Kom langs voor een nieuw."})
    assert "Kom langs voor een nieuw." in guest.get(page(purchase)).content.decode()
    assert [letter.to[0] for letter in mail.outbox] == [
        street.sellers[0].enterprise.email,
        "janna@example.nl",
    ]
    guest.post(f"/bestelling/{purchase.number}/opgelost/{complaint.pk}/")
    complaint.refresh_from_db()
    assert complaint.closed_at is not None
    assert ComplaintMessage.objects.count() == 2


def test_an_answer_is_due_in_fourteen_days_and_staff_see_what_is_late(
    street: BaseBasket, purchase: Purchase
) -> None:
    complain(purchase=purchase, number=f"{purchase.number}-1", text="Hard.", now=NOW)
    assert Complaint.objects.get().answer_due_on == date(2026, 12, 7)
    assert list_late_complaints(now=NOW + timedelta(days=14)) == []
    assert len(list_late_complaints(now=NOW + timedelta(days=15))) == 1
    Complaint.objects.update(answer_due_on=date(2026, 1, 1))
    desk = client_of(Role.PLATFORM_STAFF).get("/cms/voorwaarden/").content.decode()
    assert "Hard." in desk


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001])
def test_words_that_are_none_or_too_many_change_nothing(purchase: Purchase, text: str) -> None:
    assert buyer(purchase).post(page(purchase), {"text": text}).status_code == 422
    assert Complaint.objects.count() == 0


def test_nobody_else_reads_or_says_anything(street: BaseBasket, purchase: Purchase) -> None:
    assert Client().post(page(purchase), {"text": "Ik."}).status_code == 404
    complain(purchase=purchase, number=f"{purchase.number}-1", text="Hard.", now=NOW)
    other = pay(order(street))
    pk = Complaint.objects.get().pk
    assert buyer(other).post(f"/bestelling/{other.number}/opgelost/{pk}/").status_code == 404
    assert keeper(street, 2).post(f"{DESK}{pk}/", {"text": "Ik."}).status_code == 404
    with pytest.raises(UnknownOrder):
        complain(purchase=other, number=f"{purchase.number}-1", text="Ik.", now=NOW)
    assert ComplaintMessage.objects.count() == 1


def test_what_was_never_paid_is_no_complaint(street: BaseBasket) -> None:
    unpaid = order(street)
    with pytest.raises(UnknownOrder):
        complain(purchase=unpaid, number=f"{unpaid.number}-1", text="Hard.", now=NOW)
