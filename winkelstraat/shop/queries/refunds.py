"""What a shop can still give back of one of its orders, with what the buyer asked back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from winkelstraat.payments.domain.giving_back import Refundable
from winkelstraat.payments.queries import get_refundable_part
from winkelstraat.shop.domain.line_refs import deposit_ref
from winkelstraat.shop.models import SellerOrder, SellerProfile, WithdrawalLine
from winkelstraat.shop.queries.desk import done_at, name_buyer


@dataclass(frozen=True)
class GivableLine:
    """One line of which units can be given back; `withdrawn` the buyer asked back by law."""

    ref: str
    title: str
    left: int
    withdrawn: int


@dataclass(frozen=True)
class Givable:
    """What is left of an order to give back; `left_cents` is what the buyer can still get."""

    number: str
    buyer_name: str
    payment_id: int
    left_cents: int
    done_cents: int
    lines: tuple[GivableLine, ...]


def get_givable(seller: SellerProfile, *, number: str, now: datetime) -> Givable | None:
    """Return what a shop can give back of its own paid order, or None."""
    order = (
        SellerOrder.objects.filter(seller=seller, number=number).select_related("purchase").first()
    )
    found = get_refundable_part(number) if order else None
    if order is None or found is None:
        return None
    payment_id, part = found
    return Givable(
        number=order.number,
        buyer_name=name_buyer(seller, order.purchase.buyer_name, done_at=done_at(order), now=now),
        payment_id=payment_id,
        left_cents=max(0, min(part.amount_left, part.value_left)),
        done_cents=part.done.amount_cents,
        lines=_lines(part, _withdrawn(order)),
    )


def _lines(part: Refundable, withdrawn: Mapping[str, int]) -> tuple[GivableLine, ...]:
    lines = []
    for line in part.lines:
        done = part.done.units.get(line.line_ref, 0)
        wanted = max(0, withdrawn.get(line.line_ref, 0) - done)
        left = line.quantity - done
        lines.append(GivableLine(line.line_ref, line.title, left, min(wanted, left)))
    return tuple(lines)


def _withdrawn(order: SellerOrder) -> dict[str, int]:
    """Return how many of each line the buyer withdrew from, with the deposit on it."""
    units: dict[str, int] = {}
    rows = WithdrawalLine.objects.filter(
        withdrawal__seller_order=order, withdrawal__in_time=True
    ).select_related("line")
    for row in rows:
        for ref in (str(row.line.listing_id), deposit_ref(row.line.listing_id)):
            units[ref] = units.get(ref, 0) + row.quantity
    return units
