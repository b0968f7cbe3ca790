"""Give back part of a payment: what the buyer gets, what the shop returns (PAY-19).

For each part: gross = value + discount, and amount = value + goodwill. `gross` is the
turnover that is undone; `discount` what the platform had paid of it and gets back; `value`
what the buyer had paid for it. `goodwill` is what the platform pays on top; it is negative
when goods are taken back for which the platform had given goodwill before. Every share
follows the running total (ALL-06), so that a series of refunds ends with exactly
everything, whatever its steps were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from winkelstraat.common.allocation import allocate, cumulative_share
from winkelstraat.payments.domain.lines import LineKind, PartLine, deposit_of


class RefundRefused(ValueError):
    """Raised when something cannot be given back; the message says why."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was given back of a part before; cents, and units per line."""

    amount_cents: int = 0
    gross_cents: int = 0
    value_cents: int = 0
    commissioned_cents: int = 0
    back_cents: int = 0
    units: Mapping[str, int] = field(default_factory=dict)
    gross_by_rate: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refundable:
    """One shop's part as it was frozen, and what was given back of it already.

    `vat_by_rate` holds (gross cents, VAT cents) for each rate in basis points.
    """

    seller_order_ref: str
    gross_cents: int
    paid_cents: int
    fee_cents: int
    transfer_cents: int
    top_up_cents: int
    vat_by_rate: Mapping[int, tuple[int, int]]
    lines: tuple[PartLine, ...] = ()
    done: Done = Done()

    @property
    def amount_left(self) -> int:
        """Return what the buyer can still get of this part."""
        return self.paid_cents - self.done.amount_cents

    @property
    def value_left(self) -> int:
        """Return what the buyer had paid for what was not undone yet."""
        return self.paid_cents - self.done.value_cents

    @property
    def gross_left(self) -> int:
        """Return the turnover that was not undone yet."""
        return self.gross_cents - self.done.gross_cents


@dataclass(frozen=True, slots=True)
class CreditedLine:
    """Units of one line that are taken back; `units_before` were taken back earlier."""

    line_ref: str
    title: str
    units_before: int
    units: int
    gross_cents: int
    rate_basis_points: int

    def as_json(self) -> dict[str, Any]:
        """Return the line as it is frozen."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class CreditedVat:
    """The turnover and VAT that are undone at one rate (TAX-08)."""

    rate_basis_points: int
    gross_cents: int
    net_cents: int
    vat_cents: int

    def as_json(self) -> dict[str, int]:
        """Return the group as it is frozen."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What becomes of one part in one refund, in cents.

    The buyer gets `amount_cents`; the shop returns `back_cents`, of which `top_up_cents`
    had come from the platform's balance; the platform returns `fee_cents` of commission.
    """

    seller_order_ref: str
    amount_cents: int
    gross_cents: int = 0
    discount_cents: int = 0
    commissioned_cents: int = 0
    fee_cents: int = 0
    back_cents: int = 0
    top_up_cents: int = 0
    lines: tuple[CreditedLine, ...] = ()
    vat_groups: tuple[CreditedVat, ...] = ()

    @property
    def goodwill_cents(self) -> int:
        """Return what the platform pays of the amount; negative is what it gets back."""
        return self.amount_cents - (self.gross_cents - self.discount_cents)


def give_units(part: Refundable, wanted: Mapping[str, int]) -> GivenBack:
    """Take units of lines back; the shares of the units were fixed beforehand (ALL-07).

    What was given back before without naming goods is taken off: the buyer never gets
    more than he paid.

    :raises RefundRefused: when a line is unknown or has fewer units left.
    """
    known = {line.line_ref: line for line in part.lines}
    credited, value_cents = [], 0
    for ref, units in wanted.items():
        line, before = known.get(ref), part.done.units.get(ref, 0)
        if line is None:
            raise RefundRefused(f"{part.seller_order_ref} has no line {ref}.")
        if units <= 0 or before + units > line.quantity:
            raise RefundRefused(
                f"Of {line.title}, {line.quantity - before} can still be given back, not {units}."
            )
        value_cents += line.paid_for(before, units)
        credited.append(_credit(line, before, units))
    return _undo(
        part,
        value_cents=min(value_cents, part.value_left),
        gross_cents=sum(line.gross_cents for line in credited),
        lines=credited,
    )


def give_all(part: Refundable) -> GivenBack:
    """Undo everything that is left of a part.

    :raises RefundRefused: when nothing is left.
    """
    if part.gross_left == 0 and part.amount_left == 0:
        raise RefundRefused(f"Nothing of {part.seller_order_ref} is left to give back.")
    lines = [
        _credit(line, before, line.quantity - before)
        for line in part.lines
        if (before := part.done.units.get(line.line_ref, 0)) < line.quantity
    ]
    return _undo(
        part, value_cents=part.value_left, gross_cents=part.gross_left, lines=lines, whole=True
    )


def give_amount(part: Refundable, amount_cents: int, *, in_cash: bool = True) -> GivenBack:
    """Lower the price of a part: the shop bears it, net of its commission.

    Not `in_cash` means that the buyer has the amount already, at the platform's cost.

    :raises RefundRefused: when it is nothing, or more than what is left.
    """
    left = min(part.value_left, part.amount_left) if in_cash else part.value_left
    if not 0 < amount_cents <= left:
        raise RefundRefused(
            f"Of {part.seller_order_ref}, {left} cents can still be given back, not {amount_cents}."
        )
    gross_cents = cumulative_share(
        part.gross_cents, part.done.value_cents, amount_cents, part.paid_cents
    )
    return _undo(part, value_cents=amount_cents, gross_cents=gross_cents, in_cash=in_cash)


def give_goodwill(part: Refundable, amount_cents: int) -> GivenBack:
    """Let the platform pay; the shop keeps everything.

    :raises RefundRefused: when it is nothing, or more than the buyer can still get.
    """
    if not 0 < amount_cents <= part.amount_left:
        raise RefundRefused(
            f"Of {part.seller_order_ref}, {part.amount_left} cents can still be given back,"
            f" not {amount_cents}."
        )
    return GivenBack(part.seller_order_ref, amount_cents)


def share_amount(parts: Sequence[Refundable], amount_cents: int) -> list[int]:
    """Share an amount over the parts by what was paid for each, none above what is left.

    :raises RefundRefused: when it is nothing, or more than what is left of all.
    """
    caps = [max(0, min(part.amount_left, part.value_left)) for part in parts]
    if not 0 < amount_cents <= sum(caps):
        raise RefundRefused(
            f"{sum(caps)} cents of this payment can still be given back, not {amount_cents}."
        )
    return allocate(amount_cents, [part.paid_cents for part in parts], caps)


def _credit(line: PartLine, before: int, units: int) -> CreditedLine:
    gross_cents = line.gross_for(before, units)
    return CreditedLine(
        line.line_ref, line.title, before, units, gross_cents, line.rate_basis_points
    )


def _undo(
    part: Refundable,
    *,
    value_cents: int,
    gross_cents: int,
    lines: Sequence[CreditedLine] = (),
    whole: bool = False,
    in_cash: bool = True,
) -> GivenBack:
    """Work out every share of a step; what stays is never worth less than what was paid for it."""
    if not whole:
        most = part.gross_left - (part.value_left - value_cents)
        gross_cents = max(value_cents, min(gross_cents, most))
    if part.value_left == value_cents and part.paid_cents:
        gross_cents = part.gross_left
    commissioned_cents = _commissioned(part, gross_cents, lines)
    fee_cents = cumulative_share(
        part.fee_cents,
        part.done.commissioned_cents,
        commissioned_cents,
        part.gross_cents - deposit_of(part.lines),
    )
    back_cents = gross_cents - fee_cents
    return GivenBack(
        seller_order_ref=part.seller_order_ref,
        amount_cents=min(value_cents, part.amount_left) if in_cash else 0,
        gross_cents=gross_cents,
        discount_cents=gross_cents - value_cents,
        commissioned_cents=commissioned_cents,
        fee_cents=fee_cents,
        back_cents=back_cents,
        top_up_cents=cumulative_share(
            part.top_up_cents, part.done.back_cents, back_cents, part.transfer_cents
        ),
        lines=tuple(lines),
        vat_groups=_credit_vat(part, gross_cents, lines),
    )


def _commissioned(part: Refundable, gross_cents: int, lines: Sequence[CreditedLine]) -> int:
    """Return the turnover of this step on which commission was taken: no deposit (PRI-04)."""
    whole_cents = part.gross_cents - deposit_of(part.lines)
    left_cents = whole_cents - part.done.commissioned_cents
    if gross_cents == part.gross_left:
        return left_cents
    deposits = {line.line_ref for line in part.lines if line.kind is LineKind.DEPOSIT}
    deposit_cents = sum(line.gross_cents for line in lines if line.line_ref in deposits)
    return min(left_cents, max(0, gross_cents - deposit_cents))


def _credit_vat(
    part: Refundable, gross_cents: int, lines: Sequence[CreditedLine]
) -> tuple[CreditedVat, ...]:
    """Return the VAT that is undone per rate; the whole series adds up to the VAT charged."""
    rates = sorted(part.vat_by_rate)
    before = [part.done.gross_by_rate.get(rate, 0) for rate in rates]
    left = [part.vat_by_rate[rate][0] - done for rate, done in zip(rates, before, strict=True)]
    weights = [
        sum(line.gross_cents for line in lines if line.rate_basis_points == rate) for rate in rates
    ]
    shares = allocate(gross_cents, weights if any(weights) else left, left)
    groups = []
    for rate, done, share in zip(rates, before, shares, strict=True):
        whole, vat = part.vat_by_rate[rate]
        if share:
            vat_cents = cumulative_share(vat, done, share, whole)
            groups.append(CreditedVat(rate, share, share - vat_cents, vat_cents))
    return tuple(groups)
