"""What waits at a desk beside the orders, as far as who looks may do something about it."""

from datetime import timedelta

import pytest

from dorpen.register.models.enterprises import MemberRole
from dorpen.register.operations import add_member
from tests.shop.street import NOW, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.rights import Rights
from winkelstraat.shop.domain.surplus import Step
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.complaints import answer_complaint, complain
from winkelstraat.shop.operations.surplus import SurplusDraft, close_surplus, start_surplus
from winkelstraat.shop.operations.withdrawals import Statement, withdraw
from winkelstraat.shop.queries.waiting import Waiting, get_waiting, list_first_steps

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


def test_a_quiet_shop_is_told_what_it_must_arrange_and_a_busy_one_is_not(
    client, settings, django_assert_num_queries
) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    street = base_basket()
    bakery = street.sellers[0]
    SellerProfile.objects.filter(pk=bakery.pk).update(hours_checked_on=None)
    bakery.refresh_from_db()
    with django_assert_num_queries(2):
        assert [step.page for step in list_first_steps(bakery)] == [
            "desk:times",
            "desk:money",
        ]
    packer = at_desk(bakery, Rights(is_owner=False, handles_money=False, changes_offer=False))
    assert list_first_steps(packer) == []
    user = User.objects.create_user("winkelier@example.nl")
    add_member(enterprise=bakery.enterprise, user=user, role=MemberRole.OWNER)
    client.force_login(user)
    assert (
        "Openingstijden en hoe kopers het krijgen" in client.get("/mijn-winkel/").content.decode()
    )
    pay(order(street))
    assert client.get("/mijn-winkel/").context["first_steps"] == []
