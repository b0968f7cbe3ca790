"""Find what a crash left behind between two domains, and do it again.

Each step is idempotent, so doing it twice changes nothing. One thing that goes wrong
is told and left for the next round; the others go on.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from winkelstraat.bridges.chains import book_collected
from winkelstraat.bridges.surplus import book_surplus
from winkelstraat.payments.operations import close_payment
from winkelstraat.payments.queries import list_untold_refunds
from winkelstraat.shop.operations.mails import mail_confirmation, mail_shop
from winkelstraat.shop.operations.orders import expire_purchase
from winkelstraat.shop.operations.refund_mails import mail_refund
from winkelstraat.shop.operations.substitution_mails import mail_proposal
from winkelstraat.shop.operations.undelivered import lapse_substitution
from winkelstraat.shop.operations.withdrawal_mails import mail_withdrawal, remind_shop
from winkelstraat.shop.operations.withdrawal_settling import settle_when_due
from winkelstraat.shop.queries.hand_over import (
    list_lapsed_holds,
    list_unbooked,
    list_unmailed,
    list_untold,
)
from winkelstraat.shop.queries.returns import list_due_withdrawals, list_to_remind
from winkelstraat.shop.queries.substitutes import list_lapsed_substitutions, list_unasked
from winkelstraat.shop.queries.surplus import list_untold_surplus
from winkelstraat.shop.queries.withdrawals import list_unsaid

alarm = logging.getLogger("winkelstraat.alarm")

BATCH = 100

# A task that was just woken goes first.
REST = timedelta(seconds=10)


def sweep_bookings(*, now: datetime) -> int:
    """Book collected seller orders that the chains do not know; return how many."""
    left = list_unbooked(before=now - REST, limit=BATCH)
    return _do_all(partial(book_collected, seller_order_id=order, now=now) for order in left)


def sweep_surplus(*, now: datetime) -> int:
    """Book the settled surpluses that the chains do not know; return how many."""
    left = list_untold_surplus(before=now - REST, limit=BATCH)
    return _do_all(partial(book_surplus, surplus_id=surplus, now=now) for surplus in left)


def sweep_mails(*, now: datetime) -> int:
    """Send confirmations that never left; return how many."""
    left = list_unmailed(before=now - REST, limit=BATCH)
    return _do_all(partial(mail_confirmation, purchase_id=purchase, now=now) for purchase in left)


def sweep_notices(*, now: datetime) -> int:
    """Tell shops of orders that they were never told about; return how many."""
    left = list_untold(before=now - REST, limit=BATCH)
    return _do_all(partial(mail_shop, seller_order_id=order, now=now) for order in left)


def sweep_withdrawals(*, now: datetime) -> int:
    """Send the proofs of withdrawal that never left; return how many."""
    left = list_unsaid(before=now - REST, limit=BATCH)
    return _do_all(partial(mail_withdrawal, withdrawal_id=one, now=now) for one in left)


def sweep_refund_mails(*, now: datetime) -> int:
    """Tell buyers of refunds that they were never told about; return how many."""
    left = list_untold_refunds(before=now - REST, limit=BATCH)
    return _do_all(partial(mail_refund, refund_id=refund, now=now) for refund in left)


def sweep_holds(*, now: datetime) -> int:
    """End purchases that were not paid in time; return how many were looked at."""
    left = list_lapsed_holds(at=now, limit=BATCH)
    return _do_all(partial(_end_hold, purchase_ref, now) for purchase_ref in left)


def sweep_proposals(*, now: datetime) -> int:
    """Ask the buyers whom no question has reached; return how many."""
    left = list_unasked(before=now - REST, limit=BATCH)
    return _do_all(partial(mail_proposal, substitution_id=one, now=now) for one in left)


def sweep_substitutions(*, now: datetime) -> int:
    """Give the money back where nobody answered in time; return how many."""
    left = list_lapsed_substitutions(at=now, limit=BATCH)
    return _do_all(partial(lapse_substitution, substitution_id=one, now=now) for one in left)


def sweep_due_withdrawals(*, now: datetime) -> int:
    """Pay withdrawals that may not wait any longer; return how many were looked at."""
    left = list_due_withdrawals(today=now.date(), limit=BATCH)
    return _do_all(partial(settle_when_due, withdrawal_id=one, now=now) for one in left)


def sweep_reminders(*, now: datetime) -> int:
    """Remind shops of the money that must be back soon; return how many."""
    left = list_to_remind(now=now, limit=BATCH)
    return _do_all(partial(remind_shop, withdrawal_id=one, now=now) for one in left)


def _end_hold(purchase_ref: UUID, now: datetime) -> None:
    """Close the pay page first: who pays in the last second keeps his goods.

    Closing an open payment announces what became of it, and the purchase follows. Where
    nothing was open any more, the purchase is ended here.
    """
    if close_payment(purchase_ref=purchase_ref, now=now) is None:
        expire_purchase(purchase_ref=purchase_ref, now=now)


def _do_all(work: Iterable[Callable[[], object]]) -> int:
    done = 0
    for step in work:
        try:
            step()
        except Exception:
            alarm.exception("Left for the next round.")
        else:
            done += 1
    return done
