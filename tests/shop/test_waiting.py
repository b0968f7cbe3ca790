"""What waits at a desk beside the orders, as far as who looks may do something about it."""

from datetime import timedelta

import pytest

from tests.shop.street import NOW, base_basket, order, pay
from winkelstraat.shop.domain.rights import Rights
from winkelstraat.shop.domain.surplus import Step
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.complaints import answer_complaint, complain
from winkelstraat.shop.operations.surplus import SurplusDraft, close_surplus, start_surplus
from winkelstraat.shop.operations.withdrawals import Statement, withdraw
from winkelstraat.shop.queries.waiting import Waiting, get_waiting

pytestmark = pytest.mark.django_db

NOTHING = Waiting(0, 0, None, 0)


def at_desk(seller: SellerProfile, rights: Rights) -> SellerProfile:
    seller.rights = rights
    return seller


def test_answers_refunds_and_goods_without_a_place_wait_for_who_may_see_to_them(
    django_assert_num_queries,
) -> None:
    street = base_basket()
    bakery, paint, books = street.sellers
    purchase = pay(order(street))
    part = purchase.seller_orders.get(seller=books)
    complaint = complain(purchase=purchase, number=part.number, text="Nat.", now=NOW).complaint
    line = part.lines.get()
    statement = Statement(purchase.pk, "Janna Veen", "janna@example.nl", {line.pk: 1})
    (withdrawal,) = withdraw(statement=statement, now=NOW)
    until = NOW + timedelta(hours=3)
    surplus = start_surplus(
        seller=books,
        draft=SurplusDraft(
            street.listings[2].pk, "too_much", until.date(), until, 5, (Step(NOW, 25),)
        ),
        user=None,
        now=NOW,
    )
    assert get_waiting(books).leftovers == 0
    close_surplus(seller=books, surplus_id=surplus.pk, left=2, now=NOW + timedelta(hours=1))

    with django_assert_num_queries(1):
        assert get_waiting(books) == Waiting(1, 1, withdrawal.refund_due_on, 1)
    assert not get_waiting(bakery)
    assert get_waiting(paint) == NOTHING
    packer = at_desk(books, Rights(is_owner=False, handles_money=False, changes_offer=False))
    assert get_waiting(packer) == Waiting(1, 0, None, 0)
    answer_complaint(seller=books, complaint_id=complaint.pk, text="Ik kijk.", now=NOW)
    assert get_waiting(packer) == NOTHING
