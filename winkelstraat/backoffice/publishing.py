"""Publish what is due, by somebody else than who closed the books of it."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.operations.releasing import CannotRelease, release_part
from ketens.queries.releasing import PartState, QuarterState, ReleaseState, list_quarters
from winkelstraat.accounts.domain.jobs import JobOrder, JobRefused, Progress
from winkelstraat.accounts.models import Job, User
from winkelstraat.accounts.operations import start_job
from winkelstraat.backoffice.closing import find_who_closed
from winkelstraat.shop.domain.hours import LOCAL

RELEASE = "release"
REFUSALS = {
    ReleaseState.RUNNING: "not_due",
    ReleaseState.OVER: "not_due",
    ReleaseState.OPEN: "open",
    ReleaseState.RELEASED: "released",
}


class FourEyes(Exception):
    """Who closed the books of a quarter does not publish its figures as well."""


def ask_release(*, key: str, quarter: date, user: User, now: datetime) -> Job:
    """Let the worker release one thing of one quarter.

    :raises CannotRelease: saying why; nothing changed then.
    :raises FourEyes: for who closed the books of that quarter.
    """
    found, part = find_part(key, quarter, today=now.astimezone(LOCAL).date())
    if part.state in REFUSALS:
        raise CannotRelease(REFUSALS[part.state])
    if find_who_closed(found.last) == user.pk:
        raise FourEyes
    words = {"what": part.label, "number": found.number, "year": found.first.year}
    return start_job(
        kind=RELEASE,
        title=_("Release: %(what)s, quarter %(number)s of %(year)s") % words,
        asked_by=user,
        now=now,
        arguments={"key": key, "quarter": quarter.isoformat()},
    )


def find_part(key: str, quarter: date, *, today: date) -> tuple[QuarterState, PartState]:
    """Return a quarter with the one thing of it that is asked for.

    :raises CannotRelease: `unknown` for what is no quarter or no such thing.
    """
    for found in list_quarters(today=today):
        for part in found.parts:
            if (found.first, part.key) == (quarter, key):
                return found, part
    raise CannotRelease("unknown")


def release_work(order: JobOrder, progress: Progress, *, now: datetime) -> str:
    """Release what a job asks for, and lead to the page that tells."""
    progress(0, 1, _("The figures are added up, and small ones withheld."))
    try:
        release_part(
            key=order.arguments["key"],
            quarter=date.fromisoformat(order.arguments["quarter"]),
            user=User.objects.filter(pk=order.asked_by_id or 0).first(),
            now=now,
        )
    except CannotRelease as refusal:
        raise JobRefused(explain(str(refusal))) from refusal
    progress(1, 1, _("Released. It stays as it is now."))
    return reverse("backoffice_releases")


def explain(code: str) -> str:
    """Return in words why something cannot be released."""
    return {
        "not_due": _("This quarter is not due yet. Figures are released thirty days after it."),
        "open": _("Close the books of this quarter first."),
        "released": _("This was released already, and a release is never made again."),
    }.get(code, _("There is no such quarter to release."))
