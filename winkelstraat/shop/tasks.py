"""Celery tasks of the shop: take an id, call one operation, may run twice."""

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from winkelstraat.common.announcer import subscribe
from winkelstraat.shop.events import ImportWaits
from winkelstraat.shop.forms.sheet_rows import make_judge
from winkelstraat.shop.forms.words import explain_missing, explain_row
from winkelstraat.shop.models import ImportState
from winkelstraat.shop.operations import (
    import_work,
    imports,
    joining,
    order_times,
    random_checks,
    surplus,
    suspensions,
    watches,
)
from winkelstraat.shop.operations.notice_mails import mail_recall
from winkelstraat.shop.operations.terms import mail_terms
from winkelstraat.shop.queries.imports import list_waiting_imports
from winkelstraat.shop.queries.order_lists import list_openings_to_tell, list_rhythms_to_tell
from winkelstraat.shop.queries.recalls import list_unmailed_recalls
from winkelstraat.shop.queries.surplus import list_due
from winkelstraat.shop.queries.suspensions import (
    list_suspensions_due,
    list_traders_to_forget,
    list_unmailed_suspensions,
)
from winkelstraat.shop.queries.terms import list_untold_terms
from winkelstraat.shop.queries.watches import list_unasked, list_watches_to_tell

# One address is refused; when no mail leaves at all, everybody waits for the next time.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True, time_limit=1800)
def work_off_import(run_id: int) -> None:
    """Read a spreadsheet, carry it out or undo it, as its state asks."""
    run = imports.claim_import(run_id=run_id, now=timezone.now())
    if run is None:
        return
    if run.state == ImportState.READING:
        imports.read_import(run=run, judge=make_judge(), say=explain_missing, clock=timezone.now)
    elif run.state == ImportState.APPLYING:
        import_work.apply_import(run=run, say=explain_row, clock=timezone.now)
    else:
        import_work.undo_import(run=run, say=explain_row, clock=timezone.now)


@shared_task(ignore_result=True)
def sweep_imports() -> None:
    """Take up what a worker left behind."""
    for run_id in list_waiting_imports(before=timezone.now() - imports.SILENCE):
        work_off_import.delay(run_id)


def wake_for_import(event: ImportWaits) -> None:
    """Begin as soon as it is committed."""
    transaction.on_commit(lambda: work_off_import.delay(event.run_id), robust=True)


def listen() -> None:
    """Let the shop's own worker hear the shop's own events."""
    subscribe(ImportWaits, wake_for_import)


@shared_task(ignore_result=True)
def sweep_surplus() -> None:
    """Lower the prices whose step began, and end what nobody can pick up any more."""
    now = timezone.now()
    stepped, lapsed = list_due(now=now)
    for surplus_id in stepped:
        surplus.lower_price(surplus_id=surplus_id, now=now)
    for surplus_id in lapsed:
        surplus.end_lapsed(surplus_id=surplus_id, now=now)


@shared_task(ignore_result=True)
def tell_lists() -> None:
    """Mail the shops whose list was closed what came in for it."""
    now = timezone.now()
    for seller_id in list_rhythms_to_tell():
        order_times.tell_weekly_list(seller_id=seller_id, now=now)
    for opening_id in list_openings_to_tell(now=now, limit=100):
        order_times.tell_named_list(opening_id=opening_id, now=now)


@shared_task(ignore_result=True)
def forget_applications() -> None:
    """Forget who asked to join and never did."""
    joining.forget_applications(now=timezone.now())


@shared_task(ignore_result=True)
def mail_recalls() -> None:
    """Tell the buyers of what was called back who do not know yet."""
    for row in list_unmailed_recalls(limit=200):
        mail_recall(recall_mail_id=row, now=timezone.now())


@shared_task(ignore_result=True)
def mail_changed_terms() -> None:
    """Tell the shops of changed terms who do not know yet."""
    for row in list_untold_terms(limit=200):
        mail_terms(terms_mail_id=row, now=timezone.now())


@shared_task(ignore_result=True)
def sweep_suspensions() -> None:
    """Carry out decisions about shops, tell the shops, and forget who left long ago."""
    now = timezone.now()
    for suspension_id in list_suspensions_due(now=now):
        suspensions.carry_out(suspension_id=suspension_id, now=now)
    for suspension_id in list_unmailed_suspensions():
        suspensions.mail_suspension(suspension_id=suspension_id, now=now)
    for suspension_id in list_traders_to_forget(now=now):
        suspensions.forget_trader(suspension_id=suspension_id, now=now)


@shared_task(ignore_result=True)
def mail_watches() -> None:
    """Ask who wants mail to confirm it, and tell who does what must go."""
    now = timezone.now()
    for watch_id in list_unasked(limit=100):
        try:
            watches.mail_question(watch_id=watch_id, now=now)
        except REFUSED:
            logger.exception("no mail about surplus to watch %s", watch_id)
            watches.give_up_question(watch_id=watch_id, now=now)
    for watch_id in list_watches_to_tell(now=now, limit=500):
        try:
            watches.mail_surplus(watch_id=watch_id, now=now)
        except REFUSED:
            logger.exception("no mail about surplus to watch %s", watch_id)


@shared_task(ignore_result=True)
def forget_watches() -> None:
    """Forget who asked for mail and never confirmed."""
    watches.forget_watches(now=timezone.now())


@shared_task(ignore_result=True)
def draw_random_checks() -> None:
    """Draw the offers that staff look at this month, once."""
    random_checks.draw_month(today=timezone.localdate(), size=settings.RANDOM_CHECKS_A_MONTH)
