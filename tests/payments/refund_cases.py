"""The base basket with lines, paid at the sandbox, for every test that gives money back."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from tests.payments.conftest import Purchase, Shop
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance
from winkelstraat.payments import operations, tasks
from winkelstraat.payments.domain.lines import LineKind, PartLine, vat_groups_of
from winkelstraat.payments.models import Payment, PaymentCommand, Refund, TransferReversal

QUANTITIES = (3, 1, 1)
SHOP_DISCOUNTS = (92, 258, 150)


def parts_of(
    shops: list[Shop],
    ref: Any,
    *,
    shop_discounts: tuple[int, ...] = SHOP_DISCOUNTS,
    platform_discounts: tuple[int, ...] = (0, 0, 0),
    commission: int = 250,
) -> tuple[Any, ...]:
    """Return the base basket with the shops' voucher of 5,00 (W02) and 2,5% commission."""
    parts = []
    for number, shop in enumerate(shops, start=1):
        line = PartLine(
            "1",
            LineKind.GOODS,
            "Ding",
            QUANTITIES[number - 1],
            shop.gross_cents,
            shop.rate,
            "",
            shop_discounts[number - 1],
            platform_discounts[number - 1],
        )
        parts.append(
            operations.PartRequest(
                enterprise_id=shop.enterprise_id,
                seller_order_ref=f"{str(ref)[:8]}-{number}",
                gross_cents=line.gross_cents,
                vat_groups=vat_groups_of([line]),
                commission_basis_points=commission,
                platform_discount_cents=line.platform_discount_cents,
                lines=(line,),
            )
        )
    return tuple(parts)


def pay(sandbox: Any, purchase: Purchase, *, method: str = "ideal", **parts: Any) -> Payment:
    """Let the buyer pay the basket; return the paid payment."""
    request = purchase.request(parts=parts_of(purchase.shops, purchase.ref, **parts))
    with transaction.atomic():
        payment = operations.open_payment(request=request, now=timezone.now())
    operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    sandbox.act(payment.session_id, "pay", method=method)
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    assert payment.state == "paid"
    return payment


def hand_out(payment: Payment, *numbers: int) -> None:
    """Let shops hand over and get their money; without numbers all of them."""
    for part in payment.parts.all():
        if not numbers or part.sequence in numbers:
            operations.release_transfers(seller_order_ref=part.seller_order_ref, now=timezone.now())
    send_all()


def send_all(now: datetime | None = None) -> None:
    """Send every command that is due."""
    due = PaymentCommand.objects.filter(
        state="queued", next_attempt_at__lte=now or timezone.now()
    ).exclude(kind="open_checkout")
    for command in due.order_by("pk"):
        if now is None:
            tasks.send_command(command.pk)
            continue
        try:
            operations.send_command(command_id=command.pk, now=now)
        except operations.GatewayError:
            continue


def ref(payment: Payment, number: int) -> str:
    """Return the name of a shop's part."""
    return payment.parts.get(sequence=number).seller_order_ref


def give_back(payment: Payment, **wish: Any) -> Refund:
    """Refund something of a payment and send it."""
    wish.setdefault("key", str(uuid4()))
    found = operations.refund(
        wish=operations.RefundWish(payment_id=payment.pk, **wish), now=timezone.now()
    )
    send_all()
    found.refresh_from_db()
    return found


def cents(account: str) -> int:
    """Return what an account holds: its credits less its debits."""
    balance = get_balance(unit=Unit.CENTS, account=account)
    return balance.credits - balance.debits


def payable(shop: Shop) -> int:
    """Return what the platform still owes a shop."""
    return cents(f"shop:{shop.enterprise_id}:payable")


def reversed_cents() -> list[int]:
    """Return what came back from shops, in the order of their parts."""
    done = TransferReversal.objects.filter(state="done").order_by("transfer__part__sequence", "pk")
    return list(done.values_list("amount_cents", flat=True))


def provider_balance(sandbox: Any) -> int:
    """Return what the platform has at the provider, pending and available."""
    return sum(entry.net for entry in sandbox.read("entries"))


def held() -> int:
    """Return what the ledger says that the provider holds for the platform."""
    return -cents("stripe:clearing") - cents("stripe:returns")


def assert_books_agree(sandbox: Any) -> None:
    """Hold the ledger against the provider's books, once it told its fees."""
    sandbox.pass_time(60)
    for payment in Payment.objects.filter(paid_at__isnull=False, provider_fee_cents=None):
        operations.book_fee(payment_id=payment.pk, now=timezone.now())
    assert held() == provider_balance(sandbox)
