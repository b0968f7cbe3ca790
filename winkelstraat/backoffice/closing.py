"""Close a month or a quarter of the books, after a list of checks; and who did.

Closing seals all five ledgers up to a day. It is done in the worker, one ledger after the
other, so that a crash in between is followed up by trying again. What happened in a closed
period and comes later is booked on the first open day and keeps its own day of activity.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketens.domain.work import months_later
from winkelstraat.accounts.domain.jobs import JobOrder, JobRefused, Progress
from winkelstraat.accounts.models import Audited, AuditEntry, Job, JobState, User
from winkelstraat.accounts.operations import Thing, record, start_job
from winkelstraat.accounts.queries.jobs import JobCard, find_last_job
from winkelstraat.ledger.audit import list_differences
from winkelstraat.ledger.domain import CannotClose, Unit
from winkelstraat.ledger.operations import close_period
from winkelstraat.ledger.queries import (
    count_late,
    get_closed_until,
    get_first_booked,
    list_last_closed,
)
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import Payment
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.queries.hand_over import list_unbooked
from winkelstraat.shop.queries.surplus import list_untold_surplus

CLOSE, VERIFY = "close-period", "verify-books"
CHECKED_WITHIN = timedelta(hours=24)
MOST_COUNTED = 1000
OFFERED = 6


class CannotAsk(Exception):
    """Why a period cannot be closed: `no_end`, `not_over`, `closed`, `unverified`, `open`."""


@dataclass(frozen=True)
class CheckList:
    """What staff see before they close: what is right, what waits, what came late."""

    until: date
    is_over: bool
    verified: JobCard | None
    is_verified: bool
    open_bookings: int
    set_apart: int
    late_entries: int

    @property
    def may_close(self) -> bool:
        """Tell whether nothing hard stands in the way."""
        return self.is_over and self.is_verified


def list_ends(*, today: date) -> list[date]:
    """Return the ends of the months that can be closed next, and of the running one."""
    closed = get_closed_until()
    first = closed + timedelta(days=1) if closed else _first_month(today)
    ends = [months_later(first.replace(day=1), ahead + 1) for ahead in range(OFFERED * 4)]
    past = [end - timedelta(days=1) for end in ends if end <= today.replace(day=1)]
    running = months_later(today.replace(day=1), 1) - timedelta(days=1)
    return [*past[:OFFERED], running]


def make_check_list(*, until: date, now: datetime) -> CheckList:
    """Look at everything that should be right before a period is closed."""
    verified = find_last_job(kind=VERIFY)
    until_moment = datetime.combine(until + timedelta(days=1), datetime.min.time(), LOCAL)
    return CheckList(
        until=until,
        is_over=until < now.astimezone(LOCAL).date(),
        verified=verified,
        is_verified=_is_fresh(verified, until_moment, now),
        open_bookings=_count_open(until_moment),
        set_apart=Payment.objects.filter(
            state=PaymentState.QUARANTINED, opened_at__lt=until_moment
        ).count(),
        late_entries=count_late(closed=get_closed_until()),
    )


@transaction.atomic
def ask_closing(*, until: date, user: User, accepts_open: bool, now: datetime) -> Job:
    """Let the worker close all ledgers up to a month's end.

    :raises CannotAsk: saying why; nothing changed then.
    """
    if (until + timedelta(days=1)).day != 1:
        raise CannotAsk("no_end")
    closed = get_closed_until()
    if closed and until <= closed:
        raise CannotAsk("closed")
    checks = make_check_list(until=until, now=now)
    if not checks.is_over:
        raise CannotAsk("not_over")
    if not checks.is_verified:
        raise CannotAsk("unverified")
    if checks.open_bookings and not accepts_open:
        raise CannotAsk("open")
    day = date_format(until, "j F Y")
    return start_job(
        kind=CLOSE,
        title=_("Close the books until %(day)s") % {"day": day},
        asked_by=user,
        now=now,
        arguments={"until": until.isoformat()},
    )


def close_books(*, until: date, user_id: int | None, now: datetime, progress: Progress) -> None:
    """Close each ledger that is open there, and record who asked.

    :raises JobRefused: for a day that is not past.
    """
    last = list_last_closed()
    for number, unit in enumerate(Unit, 1):
        closed = last.get(unit)
        try:
            if closed is None or closed < until:
                close_period(unit=unit, until=until, now=now)
        except CannotClose as refusal:
            raise JobRefused(_("This period is not over yet. Close it after its last day.")) from (
                refusal
            )
        progress(number, len(Unit), _("%(unit)s closed") % {"unit": unit.value})
    about = Thing("period", until.isoformat(), date_format(until, "j F Y"))
    who = User.objects.filter(pk=user_id or 0).first()
    record(action=Audited.PERIOD_CLOSED, about=about, by=who)


def find_who_closed(day: date) -> int | None:
    """Return the id of who closed the books over a day; None when nobody is known."""
    closings = AuditEntry.objects.filter(
        action=Audited.PERIOD_CLOSED, object_kind="period", object_id__gte=day.isoformat()
    )
    return closings.order_by("object_id", "pk").values_list("actor_id", flat=True).first()


def verify_books_work(_order: JobOrder, progress: Progress) -> str:
    """Recompute the books; what differs is told and the job fails."""
    progress(0, 1, _("Every transfer is looked at again."))
    differences = list(list_differences())
    if differences:
        raise JobRefused(_("The books are not right:") + " " + "; ".join(differences[:5]))
    progress(1, 1, _("The books are right."))
    return ""


def _is_fresh(verified: JobCard | None, until: datetime, now: datetime) -> bool:
    if verified is None or verified.state != JobState.DONE or verified.finished_at is None:
        return False
    return until <= verified.finished_at and now - verified.finished_at <= CHECKED_WITHIN


def _count_open(before: datetime) -> int:
    orders = list_unbooked(before=before, limit=MOST_COUNTED)
    return len(orders) + len(list_untold_surplus(before=before, limit=MOST_COUNTED))


def _first_month(today: date) -> date:
    return get_first_booked() or months_later(today.replace(day=1), -1)
