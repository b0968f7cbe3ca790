"""Take a report about an offer, decide with a reason, and let a decision be contested.

Each step is written beside the others and none is changed. Who decided once does not
decide again on what was contested (DSA art. 20(6)).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from winkelstraat.accounts.models import Audited, User
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.shop.domain.deadlines import working_days_after
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.numbers import make_order_number
from winkelstraat.shop.domain.refusals import UnknownListing
from winkelstraat.shop.models import Listing, Notice, NoticeStep, Outcome, StepKind
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.prices import renew_pages

# Orders of an authority ask for two working days; every report gets the same.
WORKING_DAYS = 2
# DSA art. 20(1): at least six months to contest.
CONTEST_WITHIN = timedelta(days=183)


class NotNow(Exception):
    """This step does not follow from where the notice stands, or not by this person."""


@dataclass(frozen=True)
class Report:
    """What somebody reports; without an address he hears nothing."""

    listing_id: int
    reason: str
    text: str
    email: str = ""


@dataclass(frozen=True)
class Decision:
    """What is done, and why, in words for everybody whom it touches."""

    outcome: str
    text: str


@transaction.atomic
def report_listing(*, report: Report, now: datetime) -> Notice:
    """Write a report down with the day on which it must be decided.

    :raises UnknownListing: for what was never offered.
    """
    listing = Listing.objects.filter(pk=report.listing_id, published_at__isnull=False).first()
    if listing is None:
        raise UnknownListing
    return Notice.objects.create(
        listing=listing,
        seller_id=listing.seller_id,
        number=make_order_number(),
        reason=report.reason,
        text=report.text,
        email=report.email,
        received_at=now,
        due_on=working_days_after(now.astimezone(LOCAL).date(), WORKING_DAYS),
    )


@transaction.atomic
def decide_notice(*, notice_id: int, decision: Decision, user: User, now: datetime) -> NoticeStep:
    """Decide on a notice, or once more on one that was contested, and do what was decided.

    :raises NotNow: when it was decided, or by who decided it the first time.
    """
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    steps = {step.kind: step for step in notice.steps.all()}
    if StepKind.DECIDED not in steps:
        kind = StepKind.DECIDED
    elif StepKind.CONTESTED in steps and StepKind.REVIEWED not in steps:
        kind = StepKind.REVIEWED
        if steps[StepKind.DECIDED].user_id == user.pk:
            raise NotNow
    else:
        raise NotNow
    _do(notice, decision.outcome)
    record(
        action=Audited.NOTICE_DECIDED,
        about=Thing("notice", notice.pk, notice.number),
        by=user,
        changes={"outcome": ("", decision.outcome)},
        reason=decision.text,
    )
    return NoticeStep.objects.create(
        notice=notice,
        kind=kind,
        outcome=decision.outcome,
        text=decision.text,
        user=user,
        taken_at=now,
    )


@transaction.atomic
def contest(*, notice: Notice, text: str, now: datetime) -> NoticeStep:
    """Let who reported, or the shop, contest a decision within six months.

    :raises NotNow: when there is none yet, it was contested, or the time is over.
    """
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    steps = {step.kind: step for step in notice.steps.all()}
    decided = steps.get(StepKind.DECIDED)
    if decided is None or StepKind.CONTESTED in steps:
        raise NotNow
    if now >= decided.taken_at + CONTEST_WITHIN:
        raise NotNow
    return NoticeStep.objects.create(
        notice=notice, kind=StepKind.CONTESTED, text=text, taken_at=now
    )


def _do(notice: Notice, outcome: str) -> None:
    """Take the listing off the street or bring it back; what the shop took off stays off."""
    listing = Listing.objects.select_for_update(no_key=True).get(pk=notice.listing_id)
    if outcome == Outcome.OFF:
        listing.status = ListingStatus.WITHDRAWN
    elif outcome == Outcome.BACK:
        listing.status = ListingStatus.PUBLISHED
    else:
        return
    listing.version += 1
    listing.save(update_fields=["status", "version"])
    renew_pages(listing.seller_id)
