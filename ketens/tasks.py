"""Nightly work of the chains: forget what must be forgotten, release what is due."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from ketens.domain.disclosure import left_lying_quarter
from ketens.operations.blocks import forget_placements
from ketens.operations.figure_releases import PeriodStillOpen, release_figures
from ketens.operations.monitor import refresh_months
from ketens.operations.profile_mails import mail_round
from ketens.operations.profile_rounds import invite_newcomers
from ketens.operations.releases import AlreadyReleased, QuarterNotOver, release_quarter
from ketens.operations.reports import draw_report
from ketens.operations.signals import find_signals
from ketens.operations.snapshots import record_quarters, release_profiles
from ketens.queries.steering.report.stored import is_report_year
from winkelstraat.common.printing import PdfNotPossible


@shared_task(ignore_result=True)
def forget() -> None:
    """Delete the placements whose obligations closed two years ago."""
    forget_placements(today=timezone.localdate())


@shared_task(ignore_result=True)
def release() -> None:
    """Release the newest quarter that staff left lying, once."""
    now = timezone.now()
    with suppress(AlreadyReleased, QuarterNotOver):
        release_quarter(quarter=left_lying_quarter(now.date()), user=None, now=now)


@shared_task(ignore_result=True)
def release_due_figures() -> None:
    """Release the figures of the quarter that staff left lying, once its books are closed."""
    now = timezone.now()
    with suppress(AlreadyReleased, PeriodStillOpen, QuarterNotOver):
        release_figures(quarter=left_lying_quarter(now.date()), user=None, now=now)


@shared_task(ignore_result=True)
def refresh_monitor() -> None:
    """Add up the months of the monitor that are behind the books."""
    refresh_months(now=timezone.now())


@shared_task(ignore_result=True)
def look_for_signals() -> None:
    """Bring the months up to date and write down what stands out in them."""
    now = timezone.now()
    refresh_months(now=now)
    find_signals(now=now)


@shared_task(ignore_result=True)
def mail_profiles() -> None:
    """Send the links and reminders of the round that runs."""
    mail_round(now=timezone.now())


@shared_task(ignore_result=True)
def keep_profiles() -> None:
    """Ask who came since, write the quarters that are over, and release those that are due."""
    now = timezone.now()
    invite_newcomers(now=now)
    record_quarters(now=now)
    release_profiles(user=None, now=now)


@shared_task(ignore_result=True, time_limit=600)
def draw_reports() -> None:
    """Draw the reports of this year and the last when something was released for them since."""
    now = timezone.now()
    this_year = timezone.localdate(now).year
    for year in (this_year - 1, this_year):
        if is_report_year(year, this_year=this_year):
            with suppress(PdfNotPossible):
                draw_report(year=year, user=None, now=now, tell=lambda *_words: None)
