"""What a shop cannot deliver: the money back, or something else when the buyer wants it.

The line is locked, so that two people at the desk do not give the same thing back twice.
A substitute never costs the buyer more, and what it costs less goes back by itself. No
answer in time is a no.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from winkelstraat.common.announcer import announce
from winkelstraat.payments.domain.giving_back import Refundable
from winkelstraat.payments.operations import RefundWish, refund
from winkelstraat.payments.queries import get_refundable_part
from winkelstraat.shop.domain.line_refs import deposit_ref
from winkelstraat.shop.domain.refusals import (
    AnswerPending,
    AnswerTooLate,
    ChangedMeanwhile,
    LessIsLeft,
    NoSubstitute,
    UnknownOrder,
)
from winkelstraat.shop.events import SubstitutionProposed
from winkelstraat.shop.models import (
    Listing,
    SellerOrder,
    SellerOrderLine,
    SellerProfile,
    Substitution,
    SubstitutionStatus,
)
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.operations.stock import consume_stock, hold_stock, release_stock
from winkelstraat.shop.queries.substitutes import list_substitutes
from winkelstraat.shop.queries.wording import amount_text

OPEN = (SellerOrderStatus.PAID, SellerOrderStatus.READY)
MOST_TIME_TO_ANSWER = timedelta(hours=12)
LEAST_TIME_TO_ANSWER = timedelta(minutes=30)


@dataclass(frozen=True)
class Undelivered:
    """Units of a line of an order, with what the buyer is told.

    `seen_cancelled` is how many were cancelled when somebody looked: a form that is sent
    twice gives back once.
    """

    number: str
    line_id: int
    quantity: int
    seen_cancelled: int
    message: str
    asked_by: str


@transaction.atomic
def give_undelivered_back(*, seller: SellerProfile, what: Undelivered, now: datetime) -> int:
    """Give back what a shop cannot deliver; return how many cents.

    :raises UnknownOrder: for a line of another shop, or one that was handed over.
    :raises AnswerPending: while the buyer chooses whether he wants something else.
    :raises ChangedMeanwhile: when units were cancelled since somebody looked.
    :raises LessIsLeft: when fewer are still to be delivered.
    """
    line = _lock_line(seller, what)
    return _give_back(line, what.quantity, what.message, what.asked_by, now)


@transaction.atomic
def propose_substitution(
    *, seller: SellerProfile, what: Undelivered, listing_id: int, now: datetime
) -> Substitution:
    """Ask the buyer whether he wants something else of the shop instead, and hold it for him.

    :raises UnknownOrder: for a line of another shop, or one that was handed over.
    :raises AnswerPending: while he was asked already.
    :raises ChangedMeanwhile: when units were cancelled since somebody looked.
    :raises LessIsLeft: when fewer are still to be delivered.
    :raises NoSubstitute: when it cannot stand for the line, or too few are there.
    """
    line = _lock_line(seller, what)
    if line.seller_order.purchase.pays_at_counter:
        raise NoSubstitute
    fitting = {row.listing_id for row in list_substitutes(line, quantity=what.quantity)}
    if listing_id not in fitting:
        raise NoSubstitute
    listing = Listing.objects.get(pk=listing_id)
    stockrecord = listing.product.stockrecords.get()
    if hold_stock({stockrecord.pk: what.quantity}) is not None:
        raise NoSubstitute
    proposal = Substitution.objects.create(
        line=line,
        listing=listing,
        stockrecord_id=stockrecord.pk,
        quantity=what.quantity,
        title=listing.title,
        amount_text=amount_text(listing.net_quantity, listing.net_unit, listing.pieces),
        price_cents=listing.price_cents,
        mass_g=listing.mass_g,
        message=what.message,
        asked_by=what.asked_by,
        proposed_at=now,
        answer_until=_answer_until(line.seller_order, now),
    )
    announce(SubstitutionProposed(proposal.pk, now))
    return proposal


@transaction.atomic
def answer_substitution(
    *, purchase_id: int, substitution_id: int, is_wanted: bool, now: datetime
) -> Substitution:
    """Let the buyer say yes or no; the same answer twice is once.

    :raises UnknownOrder: for a proposal of another purchase.
    :raises AnswerTooLate: when it was answered otherwise, or its time is over.
    """
    proposal = _lock_proposal(substitution_id, purchase_id=purchase_id)
    wanted = SubstitutionStatus.ACCEPTED if is_wanted else SubstitutionStatus.DECLINED
    if proposal.status == wanted:
        return proposal
    if proposal.status != SubstitutionStatus.PROPOSED or now >= proposal.answer_until:
        raise AnswerTooLate
    _close(proposal, wanted, now)
    return proposal


@transaction.atomic
def lapse_substitution(*, substitution_id: int, now: datetime) -> bool:
    """Give the money back for a proposal that nobody answered in time; False when there is none."""
    proposal = _lock_proposal(substitution_id)
    if proposal.status != SubstitutionStatus.PROPOSED or now < proposal.answer_until:
        return False
    _close(proposal, SubstitutionStatus.LAPSED, now)
    return True


def refuse_while_asked(order: SellerOrder) -> None:
    """Refuse to call an order packed while its buyer may still choose.

    :raises AnswerPending: when he was asked and did not answer.
    """
    waiting = Substitution.objects.filter(
        line__seller_order=order, status=SubstitutionStatus.PROPOSED
    )
    if waiting.exists():
        raise AnswerPending


def _close(proposal: Substitution, status: str, now: datetime) -> None:
    line, held = proposal.line, {proposal.stockrecord_id: proposal.quantity}
    proposal.status, proposal.answered_at = status, now
    proposal.save(update_fields=["status", "answered_at"])
    if status != SubstitutionStatus.ACCEPTED:
        release_stock(held)
        _give_back(line, proposal.quantity, proposal.message, proposal.asked_by, now)
        return
    consume_stock(held)
    line.cancelled_quantity += proposal.quantity
    line.save(update_fields=["cancelled_quantity"])
    _give_difference_back(proposal, now)


def _give_difference_back(proposal: Substitution, now: datetime) -> None:
    """Give back what the line cost more than what comes for it; less is the shop's gift."""
    line, number = proposal.line, proposal.line.seller_order.number
    payment_id, part = _refundable(number)
    paid = next(one.paid_cents for one in part.lines if one.line_ref == str(line.listing_id))
    cheaper = paid * proposal.quantity // line.quantity - proposal.price_cents * proposal.quantity
    cents = min(cheaper, part.amount_left, part.value_left)
    if cents <= 0:
        return
    words = {"new": proposal.title, "old": line.title}
    wish = RefundWish(
        payment_id=payment_id,
        key=f"substitution:{proposal.pk}",
        reason=_("%(new)s instead of %(old)s costs less.") % words,
        asked_by=proposal.asked_by,
        amounts={number: cents},
    )
    refund(wish=wish, now=now)


def _give_back(
    line: SellerOrderLine, quantity: int, message: str, asked_by: str, now: datetime
) -> int:
    if line.seller_order.purchase.pays_at_counter:
        return _take_off(line, quantity, now)
    number, ref = line.seller_order.number, str(line.listing_id)
    payment_id, _part = _refundable(number)
    units = {ref: quantity}
    if line.deposit_cents:
        units[deposit_ref(line.listing_id)] = quantity
    line.cancelled_quantity += quantity
    line.save(update_fields=["cancelled_quantity"])
    wish = RefundWish(
        payment_id=payment_id,
        key=f"undelivered:{line.pk}:{line.cancelled_quantity}",
        reason=message,
        asked_by=asked_by,
        units={number: units},
    )
    return refund(wish=wish, now=now).amount_cents


def _take_off(line: SellerOrderLine, quantity: int, now: datetime) -> int:
    """Take units off what is paid at the counter; nobody paid them yet."""
    line.cancelled_quantity += quantity
    line.save(update_fields=["cancelled_quantity"])
    order = line.seller_order
    if not order.lines.filter(cancelled_quantity__lt=F("quantity")).exists():
        order.status, order.cancelled_at = SellerOrderStatus.CANCELLED, now
        order.save(update_fields=["status", "cancelled_at"])
    return 0


def _refundable(number: str) -> tuple[int, Refundable]:
    found = get_refundable_part(number)
    if found is None:
        raise UnknownOrder
    return found


def _answer_until(order: SellerOrder, now: datetime) -> datetime:
    """Return until when the buyer may answer: before the goods must be there."""
    until = min(order.promised_from, now + MOST_TIME_TO_ANSWER)
    return max(until, now + LEAST_TIME_TO_ANSWER)


def _lock_line(seller: SellerProfile, what: Undelivered) -> SellerOrderLine:
    line = (
        SellerOrderLine.objects.select_for_update(of=("self",))
        .filter(
            pk=what.line_id,
            seller_order__seller=seller,
            seller_order__number=what.number,
            seller_order__status__in=OPEN,
        )
        .select_related("seller_order__purchase")
        .first()
    )
    if line is None:
        raise UnknownOrder
    if line.substitutions.filter(status=SubstitutionStatus.PROPOSED).exists():
        raise AnswerPending
    if line.cancelled_quantity != what.seen_cancelled:
        raise ChangedMeanwhile
    left = line.quantity - line.cancelled_quantity
    if not 0 < what.quantity <= left:
        raise LessIsLeft(line.title, left)
    return line


def _lock_proposal(substitution_id: int, *, purchase_id: int | None = None) -> Substitution:
    found = Substitution.objects.select_for_update(of=("self", "line")).select_related(
        "line__seller_order"
    )
    if purchase_id is not None:
        found = found.filter(line__seller_order__purchase_id=purchase_id)
    proposal = found.filter(pk=substitution_id).first()
    if proposal is None:
        raise UnknownOrder
    return proposal
