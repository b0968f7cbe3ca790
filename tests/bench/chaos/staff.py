"""Pack and hand out what is paid, give some of it back, and let others meddle with it."""

import threading
from collections.abc import Callable
from random import Random

import requests
from django.db import connection
from django.utils import timezone

from tests.journeys.street import Street
from winkelstraat.payments import gateway, operations
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import Payment, Refund
from winkelstraat.payments.queries import get_refundables
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.domain.status import WrongStep
from winkelstraat.shop.models import SellerOrder
from winkelstraat.shop.models.purchases import Fulfilment, SellerOrderStatus
from winkelstraat.shop.operations.orders import hand_out_at_point, hand_out_at_shop, mark_ready


class Staff:
    """A thread that works off what is paid until it is told to stop."""

    def __init__(self, street: Street, *, seed: int) -> None:
        self.street, self.chance = street, Random(f"{seed}-staff")
        self.done = threading.Event()
        self.happened: dict[str, int] = {}
        self.thread = threading.Thread(target=self._work)

    def __enter__(self) -> "Staff":
        self.thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.done.set()
        self.thread.join()

    def _work(self) -> None:
        while not self.done.wait(0.7):
            hand_out_some(self.chance)
            for what in (self._give_back, self._meddle, self._dispute, self._return):
                self._count(what)
        connection.close()

    def _count(self, what: Callable[[], str]) -> None:
        came = what()
        if came:
            self.happened[came] = self.happened.get(came, 0) + 1

    def _give_back(self) -> str:
        """Give some of a paid purchase back, in one of five ways."""
        payment = self._paid()
        if payment is None or self.chance.random() > 0.5:
            return ""
        try:
            operations.refund(wish=self._wish(payment), now=timezone.now())
        except operations.RefundRefused:
            return "refund refused"
        return "refund"

    def _wish(self, payment: Payment) -> operations.RefundWish:
        parts = get_refundables(payment.pk)
        part = self.chance.choice(parts)
        line = self.chance.choice(part.lines)
        ways = (
            {"units": {part.seller_order_ref: {line.line_ref: self.chance.randint(1, 3)}}},
            {"shops": [part.seller_order_ref]},
            {"amounts": {part.seller_order_ref: self.chance.randint(1, part.paid_cents + 1)}},
            {"goodwill_cents": self.chance.randint(1, 500)},
            {"shared_cents": self.chance.randint(1, 500)},
        )
        return operations.RefundWish(
            payment_id=payment.pk, key=f"storm:{self.chance.random()}", **self.chance.choice(ways)
        )

    def _meddle(self) -> str:
        """Refund at the provider itself, as somebody does in its dashboard."""
        payment = self._paid()
        if payment is None or self.chance.random() > 0.08:
            return ""
        wish = {
            "payment_intent": payment.intent_id,
            "amount": self.chance.randint(1, payment.amount_cents),
        }
        try:
            gateway.create_refund(wish, f"dashboard:{self.chance.random()}")
        except operations.GatewayError:
            return "dashboard refund failed"
        return "dashboard refund"

    def _dispute(self) -> str:
        """Let a card holder ask his bank for the money, and the bank decide now and then."""
        payment = self._paid(method="card")
        if payment is None or self.chance.random() > 0.15:
            return ""
        found = self._console(f"charges/{payment.charge_id}/dispute")
        if "id" not in found:
            return ""
        outcome = self.chance.choice(("win", "lose"))
        self._console(f"disputes/{found['id']}/{outcome}")
        return f"dispute: {outcome}"

    def _return(self) -> str:
        """Let a buyer's bank send a refund back."""
        sent = list(Refund.objects.filter(state="pending").exclude(external_id="")[:20])
        if not sent or self.chance.random() > 0.1:
            return ""
        self._console(f"refunds/{self.chance.choice(sent).external_id}/fail")
        return "refund returned by the bank"

    def _paid(self, **more: str) -> Payment | None:
        keys = Payment.objects.filter(state=PaymentState.PAID, **more).exclude(intent_id="")
        found = list(keys.values_list("pk", flat=True))
        return Payment.objects.get(pk=self.chance.choice(found)) if found else None

    def _console(self, path: str) -> dict[str, str]:
        address = f"{self.street.sandbox_address}/admin/{path}"
        answer: dict[str, str] = requests.post(address, json={}, timeout=30).json()
        return answer


def hand_out_some(chance: Random) -> None:
    """Hand out about a third of what is paid; the rest waits for its week to be over."""
    paid = SellerOrder.objects.filter(status=SellerOrderStatus.PAID).select_related("seller")
    for order in paid.order_by("pk")[:50]:
        if chance.random() < 0.3:
            try:
                mark_ready(seller=order.seller, number=order.number, now=timezone.now())
                hand_out(order)
            except (WrongStep, Refusal):
                continue


def hand_out(order: SellerOrder) -> None:
    """Hand out one packed part where the buyer collects it."""
    now = timezone.now()
    if order.fulfilment == Fulfilment.PICKUP_POINT and order.pickup_point_id:
        hand_out_at_point(
            pickup_point_id=order.pickup_point_id,
            purchase_number=order.purchase.number,
            age_checked=True,
            now=now,
        )
    else:
        hand_out_at_shop(seller=order.seller, number=order.number, age_checked=True, now=now)
