"""Draw the month's sample of offers, and do what staff decide on each."""

from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.accounts.models import Audited, User
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.shop.domain.random_checks import draw_sample
from winkelstraat.shop.models import CheckOutcome, Listing, NoticeStep, RandomCheck
from winkelstraat.shop.models.listings import ListingStatus
from winkelstraat.shop.operations.notices import Decision, NotNow, Report, decide_notice
from winkelstraat.shop.operations.notices import report_listing as report


@transaction.atomic
def draw_month(*, today: date, size: int) -> int:
    """Draw this month's sample once, and return how many offers are new in it."""
    month = today.replace(day=1)
    if RandomCheck.objects.filter(month=month).exists():
        return 0
    live = Listing.objects.filter(
        status=ListingStatus.PUBLISHED, seller__enterprise__status="verified"
    )
    drawn = draw_sample(live.values_list("pk", flat=True), month=month, size=size)
    rows = [RandomCheck(month=month, listing_id=number) for number in drawn]
    return len(RandomCheck.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def decide_check(
    *, check_id: int, decision: Decision, user: User, now: datetime
) -> NoticeStep | None:
    """Write down what was found; what goes off the street goes by the road of a report.

    The step of that report is returned, so that the shop is told how to contest it.

    :raises NotNow: when it was decided already.
    """
    rows = RandomCheck.objects.select_for_update(of=("self",)).select_related("listing")
    check = rows.get(pk=check_id)
    if check.outcome:
        raise NotNow
    check.outcome, check.text = decision.outcome, decision.text
    check.user, check.decided_at = user, now
    check.save(update_fields=["outcome", "text", "user", "decided_at"])
    record(
        action=Audited.LISTING_CHECKED,
        about=Thing("random check", check.pk, str(check)),
        by=user,
        changes={"outcome": ("", decision.outcome)},
        reason=decision.text,
    )
    if decision.outcome != CheckOutcome.OFF:
        return None
    notice = report(report=Report(check.listing_id, "other", decision.text), now=now)
    return decide_notice(notice_id=notice.pk, decision=decision, user=user, now=now)


def mail_question(*, check_id: int) -> None:
    """Ask the shop about its offer."""
    rows = RandomCheck.objects.select_related("listing__seller__enterprise")
    check = rows.get(pk=check_id)
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("A question about %(title)s") % {"title": check.listing.title},
            body=render_to_string("mail/random_check.txt", {"check": check}),
            to=[check.listing.seller.enterprise.email],
        ).send()
