"""Money goes back by line, by shop, by amount and as goodwill, to the cent (W08 to W10)."""

from typing import Any

import pytest
from django.utils import timezone

from tests.payments.conftest import Purchase
from tests.payments.refund_cases import (
    assert_books_agree,
    cents,
    give_back,
    hand_out,
    pay,
    payable,
    ref,
    reversed_cents,
    send_all,
)
from winkelstraat.payments import operations, queries
from winkelstraat.payments.models import Payment, PaymentCommand, Refund, ShopTransfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> Payment:
    """The basket of W02, whose shops have their money."""
    payment = pay(empty_sandbox, purchase)
    empty_sandbox.pass_time(60)
    hand_out(payment)
    assert [one.amount for one in empty_sandbox.read("transfers")][::-1] == [773, 2185, 1267]
    return payment


def test_w08_a_shop_is_given_back_whole_and_the_platform_keeps_nothing(
    empty_sandbox: Any, purchase: Purchase, paid: Payment
) -> None:
    retained = cents("platform:commission")
    refund = give_back(paid, shops=[ref(paid, 2)])
    assert refund.amount_cents == 2241
    assert [one.amount for one in empty_sandbox.read("refunds")] == [2241]
    assert reversed_cents() == [2185]
    assert cents("platform:commission") == retained - 56
    assert [payable(shop) for shop in purchase.shops] == [0, 0, 0]
    assert cents("platform:goodwill") == cents("platform:refundable") == 0
    assert queries.get_refund_state(purchase.ref) == "partially_refunded"
    assert_books_agree(empty_sandbox)


def test_units_of_a_line_are_given_back_one_by_one_and_end_with_everything(
    empty_sandbox: Any, purchase: Purchase, paid: Payment
) -> None:
    amounts = [give_back(paid, units={ref(paid, 1): {"1": 1}}).amount_cents for _time in range(3)]
    assert amounts == [265, 264, 264]
    assert sum(reversed_cents()) == 773
    assert cents("platform:commission") == 56 + 33
    with pytest.raises(operations.RefundRefused):
        give_back(paid, units={ref(paid, 1): {"1": 1}})
    assert Refund.objects.count() == 3
    assert_books_agree(empty_sandbox)


def test_a_part_that_waits_is_lowered_and_nothing_is_reversed(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    give_back(payment, units={ref(payment, 1): {"1": 1}})
    give_back(payment, shops=[ref(payment, 3)])
    hand_out(payment)
    sent = [one.amount for one in empty_sandbox.read("transfers")][::-1]
    # 2,65 of 7,93 goes back; its commission by running total is 0,07 of 0,20.
    assert sent == [773 - (265 - 7), 2185]
    assert list(ShopTransfer.objects.order_by("pk").values_list("state", flat=True)) == [
        "sent",
        "sent",
        "cancelled",
    ]
    assert not reversed_cents()
    assert [payable(shop) for shop in purchase.shops] == [0, 0, 0]
    assert_books_agree(empty_sandbox)


def test_w10_goodwill_of_the_platform_leaves_the_shops_alone(
    empty_sandbox: Any, purchase: Purchase, paid: Payment
) -> None:
    refund = give_back(paid, goodwill_cents=1000)
    assert refund.amount_cents == 1000
    assert not reversed_cents()
    assert cents("platform:goodwill") == -1000
    assert_books_agree(empty_sandbox)


def test_w10_goodwill_of_the_shops_is_shared_by_what_was_paid(
    empty_sandbox: Any, purchase: Purchase, paid: Payment
) -> None:
    refund = give_back(paid, shared_cents=1000)
    assert list(refund.parts.values_list("amount_cents", flat=True)) == [183, 517, 300]
    # Commission given back by running total: 20 * 183/793, 56 * 517/2241, 33 * 300/1300.
    assert reversed_cents() == [183 - 5, 517 - 13, 300 - 8]
    assert cents("platform:goodwill") == 0
    assert_books_agree(empty_sandbox)


def test_everything_after_a_series_returns_exactly_everything(
    empty_sandbox: Any, purchase: Purchase, paid: Payment
) -> None:
    give_back(paid, shared_cents=777)
    give_back(paid, units={ref(paid, 1): {"1": 2}})
    give_back(paid, shops=[ref(paid, number) for number in (1, 2, 3)])
    assert sum(one.amount for one in empty_sandbox.read("refunds")) == 4334
    assert cents("platform:commission") == 0
    assert [payable(shop) for shop in purchase.shops] == [0, 0, 0]
    assert sum(one.amount_reversed for one in empty_sandbox.read("transfers")) == 4225
    assert queries.get_refund_state(purchase.ref) == "refunded"
    for part in paid.parts.all():
        credited = sum(
            group["vat_cents"] for row in part.refund_parts.all() for group in row.vat_groups
        )
        assert credited == sum(group["vat_cents"] for group in part.vat_groups)
    assert_books_agree(empty_sandbox)


def test_what_the_platform_paid_for_the_buyer_comes_back_to_the_platform(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    empty_sandbox.call("POST", "topups", amount=380)
    payment = pay(
        empty_sandbox,
        purchase,
        shop_discounts=(0, 0, 0),
        platform_discounts=(92, 258, 150),
    )
    hand_out(payment)
    operations.send_top_ups(now=timezone.now())
    send_all()
    refund = give_back(payment, shops=[ref(payment, 2)])
    assert refund.amount_cents == 2241
    assert sorted(reversed_cents()) == [196, 2241]
    assert cents("platform:discounts") == -(500 - 258)
    assert payable(purchase.shops[1]) == 0


def test_the_same_wish_twice_is_one_refund(empty_sandbox: Any, paid: Payment) -> None:
    first = give_back(paid, key="desk:7:1", shops=[ref(paid, 1)])
    again = give_back(paid, key="desk:7:1", shops=[ref(paid, 1)])
    assert first.pk == again.pk
    assert len(empty_sandbox.read("refunds")) == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"amounts": {"A": 794}},
        {"amounts": {"A": 0}},
        {"units": {"A": {"1": 4}}},
        {"units": {"A": {"1": 0}}},
        {"units": {"A": {"9": 1}}},
        {"units": {"A": {}}},
        {"shops": ["nobody"]},
        {"goodwill_cents": 4335},
        {"goodwill_cents": -5},
        {"shared_cents": 4335},
        {"shared_cents": 100, "goodwill_cents": 100},
        {"shops": ["A"], "amounts": {"A": 5}},
        {},
    ],
)
def test_w23_an_impossible_refund_is_refused_and_changes_nothing(
    empty_sandbox: Any, purchase: Purchase, paid: Payment, wish: dict[str, Any]
) -> None:
    name = ref(paid, 1)
    for field in ("amounts", "units"):
        if field in wish:
            wish = wish | {field: {name: wish[field]["A"]}}
    if "shops" in wish:
        wish = wish | {"shops": [name if one == "A" else one for one in wish["shops"]]}
    before = cents("stripe:clearing")
    with pytest.raises(operations.RefundRefused):
        give_back(paid, **wish)
    assert not Refund.objects.exists()
    assert not PaymentCommand.objects.filter(kind__in=["refund", "reversal"]).exists()
    assert cents("stripe:clearing") == before
    assert not empty_sandbox.read("refunds")


def test_no_two_ways_together_give_more_than_was_paid(empty_sandbox: Any, paid: Payment) -> None:
    give_back(paid, goodwill_cents=4000)
    refund = give_back(paid, shops=[ref(paid, number) for number in (1, 2, 3)])
    assert refund.amount_cents == 334
    assert sum(reversed_cents()) == 4225
    assert cents("platform:goodwill") == 0
    assert_books_agree(empty_sandbox)


def test_a_payment_that_was_not_paid_gives_nothing_back(
    sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = purchase.open()
    with pytest.raises(operations.RefundRefused):
        give_back(payment, goodwill_cents=100)
    assert not Refund.objects.exists()
