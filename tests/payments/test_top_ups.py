"""What the platform promised in the buyer's place comes from its own balance (W03, W43)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tests.payments.conftest import Purchase, Shop
from winkelstraat.common.allocation import allocate
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.payments import gateway, operations, tasks
from winkelstraat.payments.domain.lines import LineKind, PartLine, vat_groups_of
from winkelstraat.payments.domain.splitting import SplitError
from winkelstraat.payments.models import Payment, PaymentCommand, ShopTransfer

pytestmark = pytest.mark.django_db


def parts_with(shops: list[Shop], discount_cents: int, ref: Any) -> tuple[Any, ...]:
    """Return the base basket with a voucher of the platform and 2,5% commission."""
    discounts = allocate(discount_cents, [shop.gross_cents for shop in shops])
    parts = []
    for number, (shop, discount) in enumerate(zip(shops, discounts, strict=True), start=1):
        line = PartLine(
            "1", LineKind.GOODS, "Ding", 1, shop.gross_cents, shop.rate, "", 0, discount
        )
        parts.append(
            operations.PartRequest(
                enterprise_id=shop.enterprise_id,
                seller_order_ref=f"{str(ref)[:8]}-{number}",
                gross_cents=shop.gross_cents,
                vat_groups=vat_groups_of([line]),
                commission_basis_points=250,
                platform_discount_cents=discount,
                lines=(line,),
            )
        )
    return tuple(parts)


def open_with(purchase: Purchase, discount_cents: int) -> Payment:
    parts = parts_with(purchase.shops, discount_cents, purchase.ref)
    with transaction.atomic():
        return operations.open_payment(request=purchase.request(parts=parts), now=timezone.now())


def pay(sandbox: Any, purchase: Purchase, discount_cents: int) -> Payment:
    payment = open_with(purchase, discount_cents)
    operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    return payment


def release_all(payment: Payment) -> None:
    for part in payment.parts.all():
        operations.release_transfers(seller_order_ref=part.seller_order_ref, now=timezone.now())
    send_all()


def send_all() -> None:
    for command in PaymentCommand.objects.filter(kind="transfer", state="queued").order_by("pk"):
        tasks.send_command(command.pk)


def amounts(state: str, *, from_balance: bool) -> list[int]:
    found = ShopTransfer.objects.filter(state=state, from_balance=from_balance)
    return list(found.order_by("part__sequence").values_list("amount_cents", flat=True))


def cents(account: str) -> int:
    balance = get_balance(unit=Unit.CENTS, account=account)
    return balance.credits - balance.debits


def test_w03_shops_get_their_full_due_and_the_top_ups_wait_for_the_balance(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    empty_sandbox.call("POST", "topups", amount=379)
    payment = pay(empty_sandbox, purchase, 500)
    assert payment.amount_cents == 4334
    release_all(payment)
    assert amounts("sent", from_balance=False) == [793, 2241, 1300]
    assert amounts("needs_balance", from_balance=True) == [70, 196, 114]

    assert operations.send_top_ups(now=timezone.now()) == 0
    assert amounts("needs_balance", from_balance=True) == [70, 196, 114], "3,79 is not 3,80"
    payment.refresh_from_db()
    assert payment.state == "paid"

    empty_sandbox.call("POST", "topups", amount=1)
    assert operations.send_top_ups(now=timezone.now()) == 3
    send_all()
    assert operations.send_top_ups(now=timezone.now()) == 0
    assert amounts("sent", from_balance=True) == [70, 196, 114]
    top_ups = [one for one in empty_sandbox.read("transfers") if not one.source_transaction]
    assert sorted(one.amount for one in top_ups) == [70, 114, 196]
    assert {one.transfer_group for one in empty_sandbox.read("transfers")} == {
        payment.transfer_group
    }
    for shop in purchase.shops:
        assert cents(f"shop:{shop.enterprise_id}:payable") == 0
    assert cents("platform:commission") == 22 + 62 + 36
    assert cents("platform:discounts") == -500
    assert cents("stripe:clearing") == 4714 - 4334


def test_the_alarm_names_the_payment_that_waits(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    payment = pay(empty_sandbox, purchase, 500)
    release_all(payment)
    operations.send_top_ups(now=timezone.now())
    assert f"Payment {payment.pk}: top-ups of 380 cents wait; the balance has 0." in caplog.text


def test_one_payment_that_waits_does_not_hold_up_a_smaller_one(
    empty_sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    big, small = Purchase(shops), Purchase(shops)
    for purchase, discount in ((big, 500), (small, 150)):
        release_all(pay(empty_sandbox, purchase, discount))
    empty_sandbox.call("POST", "topups", amount=200)
    waiting = ShopTransfer.objects.filter(state="needs_balance")
    needed = {
        purchase.ref: sum(
            one.amount_cents for one in waiting.filter(part__payment__purchase_ref=purchase.ref)
        )
        for purchase in (big, small)
    }
    assert needed[big.ref] > 200 > needed[small.ref]
    operations.send_top_ups(now=timezone.now())
    assert not waiting.filter(part__payment__purchase_ref=small.ref).exists()
    assert waiting.filter(part__payment__purchase_ref=big.ref).count() == 3


def test_a_balance_that_was_spent_meanwhile_makes_the_top_up_wait_again(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    release_all(pay(empty_sandbox, purchase, 500))
    empty_sandbox.call("POST", "topups", amount=380)
    assert operations.send_top_ups(now=timezone.now()) == 3
    queued = PaymentCommand.objects.filter(kind="transfer", state="queued")
    (first, *_others) = queued.order_by("pk")
    tasks.send_command(first.pk)
    gateway_transfer(empty_sandbox, purchase.shops[0].account, 200)
    send_all()
    waiting = amounts("needs_balance", from_balance=True)
    assert waiting, "something did not fit any more"
    empty_sandbox.call("POST", "topups", amount=500)
    operations.send_top_ups(now=timezone.now() + timedelta(minutes=1))
    send_all()
    assert amounts("sent", from_balance=True) == [70, 196, 114]


def gateway_transfer(sandbox: Any, account: str, amount: int) -> None:
    """Let somebody else send the platform's money away."""
    gateway.create_transfer(
        {"amount": amount, "currency": "eur", "destination": account}, f"other-{uuid4()}"
    )


def test_w43_a_basket_that_vouchers_cover_is_paid_without_a_pay_page(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = open_with(purchase, 4834)
    assert (payment.amount_cents, payment.state) == (0, "paid")
    assert [type(event).__name__ for event in heard] == ["PaymentSucceeded"]
    assert not PaymentCommand.objects.exists()
    release_all(payment)
    assert amounts("needs_balance", from_balance=True) == [863, 2437, 1414]
    empty_sandbox.call("POST", "topups", amount=863 + 2437 + 1414)
    operations.send_top_ups(now=timezone.now())
    send_all()
    assert amounts("sent", from_balance=True) == [863, 2437, 1414]
    assert not empty_sandbox.read("charges")
    assert cents("platform:discounts") == -4834
    assert cents("platform:commission") == 120


def test_w43_a_shop_that_gives_everything_away_is_refused(purchase: Purchase) -> None:
    line = PartLine("1", LineKind.GOODS, "Brood", 3, 885, 900, "", 885)
    part = operations.PartRequest(
        enterprise_id=purchase.shops[0].enterprise_id,
        seller_order_ref="X-1",
        gross_cents=0,
        vat_groups=(),
        lines=(line,),
    )
    with pytest.raises(SplitError), transaction.atomic():
        operations.open_payment(request=purchase.request(parts=(part,)), now=timezone.now())
    assert not Payment.objects.exists()
