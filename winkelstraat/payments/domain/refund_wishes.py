"""What somebody wants to give back, and what that makes of each shop's part (PAY-19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from winkelstraat.common.allocation import allocate
from winkelstraat.payments.domain.giving_back import (
    GivenBack,
    Refundable,
    RefundRefused,
    give_all,
    give_amount,
    give_goodwill,
    give_units,
    share_amount,
)


@dataclass(frozen=True, slots=True)
class RefundWish:
    """One wish; `key` names it, so that whoever repeats it gets the same refund.

    `units` are taken back by line of a shop, `shops` wholly; the price of a shop's part is
    lowered by `amounts`, of all parts together by `shared_cents`; `goodwill_cents` are the
    platform's. All shops are named by their seller order.
    """

    payment_id: int
    key: str
    reason: str = ""
    asked_by: str = ""
    units: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    shops: Sequence[str] = ()
    amounts: Mapping[str, int] = field(default_factory=dict)
    shared_cents: int = 0
    goodwill_cents: int = 0


def work_out(wish: RefundWish, parts: Sequence[Refundable]) -> list[GivenBack]:
    """Return what becomes of each part that the wish touches, in the order of the parts.

    :raises RefundRefused: when it asks for nothing, for what is not there, for more than
        is left, or for two things of one part at once.
    """
    ways = [bool(wish.units or wish.shops or wish.amounts), wish.shared_cents, wish.goodwill_cents]
    if sum(map(bool, ways)) != 1:
        raise RefundRefused("A refund is asked in one way at a time.")
    if wish.shared_cents:
        shares = share_amount(parts, wish.shared_cents)
        return [give_amount(part, cents) for part, cents in _not_nothing(parts, shares)]
    if wish.goodwill_cents:
        shares = share_goodwill(parts, wish.goodwill_cents)
        return [give_goodwill(part, cents) for part, cents in _not_nothing(parts, shares)]
    _check_names(wish, parts)
    given = []
    for part in parts:
        ref = part.seller_order_ref
        if ref in wish.units:
            given.append(give_units(part, wish.units[ref]))
        elif ref in wish.shops:
            given.append(give_all(part))
        elif ref in wish.amounts:
            given.append(give_amount(part, wish.amounts[ref]))
    return given


def share_goodwill(parts: Sequence[Refundable], amount_cents: int) -> list[int]:
    """Share what the platform gives over the parts by what was paid for each.

    :raises RefundRefused: when it is nothing, or more than the buyer can still get.
    """
    caps = [max(0, part.amount_left) for part in parts]
    if not 0 < amount_cents <= sum(caps):
        raise RefundRefused(
            f"{sum(caps)} cents of this payment can still be given back, not {amount_cents}."
        )
    return allocate(amount_cents, [part.paid_cents for part in parts], caps)


def give_without_cash(parts: Sequence[Refundable], amount_cents: int) -> list[GivenBack]:
    """Lower every part by its share of an amount that the buyer got another way (W12).

    :raises RefundRefused: when it is more than the goods were still worth to him.
    """
    caps = [part.value_left for part in parts]
    if not 0 < amount_cents <= sum(caps):
        raise RefundRefused(f"Only {sum(caps)} cents of this payment are left to share.")
    shares = allocate(amount_cents, [part.paid_cents for part in parts], caps)
    return [give_amount(part, cents, in_cash=False) for part, cents in _not_nothing(parts, shares)]


def _not_nothing(
    parts: Sequence[Refundable], shares: Sequence[int]
) -> list[tuple[Refundable, int]]:
    return [(part, cents) for part, cents in zip(parts, shares, strict=True) if cents]


def _check_names(wish: RefundWish, parts: Sequence[Refundable]) -> None:
    wanted = [*wish.units, *wish.shops, *wish.amounts]
    known = {part.seller_order_ref for part in parts}
    if len(set(wanted)) != len(wanted):
        raise RefundRefused("A shop stands twice in one refund.")
    for ref in wanted:
        if ref not in known:
            raise RefundRefused(f"This payment has no part {ref}.")
    if any(not units for units in wish.units.values()):
        raise RefundRefused("Nothing was named to give back.")
