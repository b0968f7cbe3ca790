"""Why a basket or a checkout is refused; nothing was written and the basket is kept."""

from dataclasses import dataclass
from datetime import datetime

from winkelstraat.shop.domain.vouchers import VoucherProblem


class Refusal(Exception):
    """A clear no; `code` names it for the page that says it in Dutch."""

    code = "refused"


class UnknownListing(Refusal):
    """What should go into the basket is not on offer."""

    code = "unknown_listing"


class NotOverdue(Refusal):
    """A part of an order that is not late, or was handed over meanwhile."""

    code = "not_overdue"


class EmptyBasket(Refusal):
    """There is nothing to order."""

    code = "empty_basket"


@dataclass
class NotEnoughStock(Refusal):
    """Fewer are left than wanted; `left` may be nought."""

    title: str
    left: int
    code = "not_enough_stock"


@dataclass
class TooMany(Refusal):
    """More of one thing than a basket takes."""

    most: int
    code = "too_many"


@dataclass
class TotalChanged(Refusal):
    """The buyer agreed to another total than it is now, in cents."""

    seen_cents: int
    now_cents: int
    code = "total_changed"


@dataclass
class ShopClosed(Refusal):
    """A shop is on holiday, takes no orders now, or is no longer on the street."""

    shop: str
    opens_at: datetime | None = None
    code = "shop_closed"


@dataclass
class BelowMinimum(Refusal):
    """A shop asks a larger order; `missing_cents` is what is lacking."""

    shop: str
    missing_cents: int
    code = "below_minimum"


@dataclass
class CannotFulfil(Refusal):
    """The shop does not do what the buyer chose: that place, that moment or that address."""

    shop: str
    code = "cannot_fulfil"


@dataclass
class VoucherRefused(Refusal):
    """A voucher takes nothing off; `problem` says why, `minimum_cents` what it asks."""

    problem: VoucherProblem
    minimum_cents: int = 0
    code = "voucher_refused"


class TooLittleToPay(Refusal):
    """The total is above nothing and below what a bank transfers."""

    code = "too_little_to_pay"


class VoucherCoversAll(Refusal):
    """A shop would get nothing for its goods: its own voucher is worth all of them."""

    code = "voucher_covers_all"


class AgeNotStated(Refusal):
    """There is alcohol in the basket and the buyer did not say that he is 18 or older."""

    code = "age_not_stated"


class AgeNotChecked(Refusal):
    """There is alcohol in the order and nobody looked at an identity card."""

    code = "age_not_checked"


class MoneyNotReceived(Refusal):
    """An order is paid at the counter and nobody said that the money is there."""

    code = "money_not_received"


class UnknownOrder(Refusal):
    """There is no such order for whoever asks."""

    code = "unknown_order"


@dataclass
class LessIsLeft(Refusal):
    """Fewer units of a line are still to be delivered than somebody named."""

    title: str
    left: int
    code = "less_is_left"


class NoSubstitute(Refusal):
    """This cannot stand for the other: another rate of VAT, deposit or age, or too few."""

    code = "no_substitute"


class AnswerPending(Refusal):
    """The buyer was asked whether he wants something else, and may still answer."""

    code = "answer_pending"


class AnswerTooLate(Refusal):
    """The proposal was answered, or its time is over."""

    code = "answer_too_late"


class ChangedMeanwhile(Refusal):
    """Somebody else changed this since it was looked at."""

    code = "changed_meanwhile"
