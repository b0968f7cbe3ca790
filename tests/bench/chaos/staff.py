"""Pack and hand out what is paid, as shops and hosts do; later also give back."""

import threading
from random import Random

from django.db import connection
from django.utils import timezone

from winkelstraat.shop.models import SellerOrder
from winkelstraat.shop.models.purchases import Fulfilment, SellerOrderStatus
from winkelstraat.shop.operations.orders import hand_out_at_point, hand_out_at_shop, mark_ready


class Staff:
    """A thread that works off what is paid until it is told to stop."""

    def __init__(self, *, seed: int) -> None:
        self.chance = Random(f"{seed}-staff")
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._work)

    def __enter__(self) -> "Staff":
        self.thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.done.set()
        self.thread.join()

    def _work(self) -> None:
        while not self.done.wait(1):
            hand_out_some(self.chance)
        connection.close()


def hand_out_some(chance: Random) -> None:
    """Hand out about a third of what is paid; the rest waits for its week to be over."""
    paid = SellerOrder.objects.filter(status=SellerOrderStatus.PAID).select_related("seller")
    for order in paid.order_by("pk")[:50]:
        if chance.random() < 0.3:
            mark_ready(seller=order.seller, number=order.number, now=timezone.now())
            hand_out(order)


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
