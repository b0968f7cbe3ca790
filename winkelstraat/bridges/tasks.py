"""Celery tasks between domains: take an id, do one thing, may run twice."""

from celery import shared_task
from django.utils import timezone

from winkelstraat.bridges import sweeping
from winkelstraat.bridges.chains import book_collected
from winkelstraat.bridges.surplus import book_surplus as book_settled
from winkelstraat.shop.operations.mails import mail_confirmation, mail_shop
from winkelstraat.shop.operations.payout_mails import mail_failed_payout as send_payout_mail
from winkelstraat.shop.operations.phone_mails import mail_phone_order as send_phone_mail
from winkelstraat.shop.operations.refund_mails import mail_refund as send_refund_mail
from winkelstraat.shop.operations.substitution_mails import mail_proposal as send_proposal
from winkelstraat.shop.operations.withdrawal_mails import mail_withdrawal as send_withdrawal


@shared_task(ignore_result=True)
def book_chain(seller_order_id: int) -> None:
    """Book a collected seller order in the chains."""
    book_collected(seller_order_id=seller_order_id, now=timezone.now())


@shared_task(ignore_result=True)
def book_surplus(surplus_id: int) -> None:
    """Book what became of a surplus in the chains."""
    book_settled(surplus_id=surplus_id, now=timezone.now())


@shared_task(ignore_result=True)
def mail_purchase(purchase_id: int) -> None:
    """Send the buyer his confirmation."""
    mail_confirmation(purchase_id=purchase_id, now=timezone.now())


@shared_task(ignore_result=True)
def tell_shop(seller_order_id: int) -> None:
    """Tell a shop what it has to pack."""
    mail_shop(seller_order_id=seller_order_id, now=timezone.now())


@shared_task(ignore_result=True)
def mail_refund(refund_id: int) -> None:
    """Tell the buyer that he gets money back."""
    send_refund_mail(refund_id=refund_id, now=timezone.now())


@shared_task(ignore_result=True)
def mail_failed_payout(payout_id: int) -> None:
    """Tell a shop that its bank sent money back."""
    send_payout_mail(payout_id=payout_id, now=timezone.now())


@shared_task(ignore_result=True)
def mail_withdrawal(withdrawal_id: int) -> None:
    """Acknowledge a withdrawal."""
    send_withdrawal(withdrawal_id=withdrawal_id, now=timezone.now())


@shared_task(ignore_result=True)
def mail_proposal(substitution_id: int) -> None:
    """Ask a buyer whether he wants something else."""
    send_proposal(substitution_id=substitution_id, now=timezone.now())


@shared_task(ignore_result=True)
def mail_phone_order(purchase_id: int) -> None:
    """Write to a buyer what was taken down for him."""
    send_phone_mail(purchase_id=purchase_id)


@shared_task(ignore_result=True)
def sweep_bookings() -> None:
    """Book what was collected and is not in the chains yet."""
    sweeping.sweep_bookings(now=timezone.now())
    sweeping.sweep_surplus(now=timezone.now())


@shared_task(ignore_result=True)
def sweep_mails() -> None:
    """Send the confirmations and the notes to shops that never left."""
    sweeping.sweep_mails(now=timezone.now())
    sweeping.sweep_notices(now=timezone.now())
    sweeping.sweep_withdrawals(now=timezone.now())
    sweeping.sweep_refund_mails(now=timezone.now())
    sweeping.sweep_proposals(now=timezone.now())


@shared_task(ignore_result=True)
def sweep_holds() -> None:
    """Give back what nobody paid for in time."""
    sweeping.sweep_holds(now=timezone.now())
    sweeping.sweep_substitutions(now=timezone.now())


@shared_task(ignore_result=True)
def sweep_returns() -> None:
    """Pay the withdrawals that may not wait, and remind the shops of the others."""
    sweeping.sweep_due_withdrawals(now=timezone.now())
    sweeping.sweep_reminders(now=timezone.now())
