"""What can still be given back of a payment, from its frozen parts and earlier refunds."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from winkelstraat.payments.domain.giving_back import Done, Refundable
from winkelstraat.payments.domain.lines import PartLine
from winkelstraat.payments.domain.refund_wishes import RefundWish, work_out
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import PaymentPart, RefundPart


def get_refundables(payment_id: int) -> tuple[Refundable, ...]:
    """Return each shop's part of a payment with what was given back of it, in their order."""
    before: dict[int, list[RefundPart]] = defaultdict(list)
    for row in RefundPart.objects.filter(part__payment_id=payment_id).order_by("pk"):
        before[row.part_id].append(row)
    parts = PaymentPart.objects.filter(payment_id=payment_id).order_by("sequence")
    return tuple(_refundable(part, before[part.pk]) for part in parts)


def get_refundable_part(seller_order_ref: str) -> tuple[int, Refundable] | None:
    """Return the payment of a paid seller order and what is left of its part, or None."""
    part = PaymentPart.objects.filter(
        seller_order_ref=seller_order_ref, payment__state=PaymentState.PAID
    ).first()
    if part is None:
        return None
    return part.payment_id, _refundable(part, list(part.refund_parts.order_by("pk")))


def preview_refund(wish: RefundWish) -> int:
    """Return what the buyer would get, in cents; nothing is written.

    :raises RefundRefused: when it cannot be given back.
    """
    return sum(part.amount_cents for part in work_out(wish, get_refundables(wish.payment_id)))


def _refundable(part: PaymentPart, before: list[RefundPart]) -> Refundable:
    return Refundable(
        seller_order_ref=part.seller_order_ref,
        gross_cents=part.gross_cents,
        paid_cents=part.paid_cents,
        fee_cents=part.fee_cents,
        transfer_cents=part.transfer_cents,
        top_up_cents=part.top_up_cents,
        vat_by_rate={
            group["rate_basis_points"]: (group["gross_cents"], group["vat_cents"])
            for group in part.vat_groups
        },
        lines=tuple(PartLine.from_json(line) for line in part.lines),
        done=_sum_up(before),
    )


def _sum_up(before: Iterable[RefundPart]) -> Done:
    rows = list(before)
    units: Counter[str] = Counter()
    gross_by_rate: Counter[int] = Counter()
    for row in rows:
        for line in row.lines:
            units[line["line_ref"]] += line["units"]
        for group in row.vat_groups:
            gross_by_rate[group["rate_basis_points"]] += group["gross_cents"]
    return Done(
        amount_cents=sum(row.amount_cents for row in rows),
        gross_cents=sum(row.gross_cents for row in rows),
        value_cents=sum(row.gross_cents - row.discount_cents for row in rows),
        commissioned_cents=sum(row.commissioned_cents for row in rows),
        back_cents=sum(row.back_cents for row in rows),
        units=dict(units),
        gross_by_rate=dict(gross_by_rate),
    )
