"""The kinds of long work that staff ask for in the back office."""

import logging
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.operations.rollups import count_differences, rebuild_rollups
from winkelstraat.accounts.domain.jobs import JobOrder, JobRefused, Progress, register_kind
from winkelstraat.accounts.queries.audit import get_chain_head, list_broken_links
from winkelstraat.backoffice.closing import CLOSE, VERIFY, close_books, verify_books_work
from winkelstraat.backoffice.publishing import RELEASE, release_work

logger = logging.getLogger(__name__)

REBUILD, VERIFY_TRACES = "rebuild-sums", "verify-traces"


# What staff may begin by a button, without saying more.
BY_BUTTON = {
    VERIFY: gettext_lazy("Look at the books again"),
    REBUILD: gettext_lazy("Add the sums up again"),
    VERIFY_TRACES: gettext_lazy("Look at the log again"),
}


def close_work(order: JobOrder, progress: Progress) -> str:
    """Close the books up to the day that a job asks for."""
    until = date.fromisoformat(order.arguments["until"])
    close_books(until=until, user_id=order.asked_by_id, now=timezone.now(), progress=progress)
    return reverse("backoffice_periods")


def rebuild_work(_order: JobOrder, progress: Progress) -> str:
    """Add the sums per day up again, and compare them with the books."""
    progress(0, 2, _("The sums are added up again from the books."))
    rebuild_rollups(say=logger.info)
    progress(1, 2, _("The sums are compared with the books."))
    found = {name: number for name, number in count_differences().items() if number}
    if found:
        told = ", ".join(f"{name}: {number}" for name, number in found.items())
        raise JobRefused(_("The sums differ from the books:") + f" {told}")
    progress(2, 2, _("The sums are what the books say."))
    return ""


def verify_traces_work(_order: JobOrder, progress: Progress) -> str:
    """Recompute the chain of the audit log."""
    progress(0, 1, _("Every trace is looked at again."))
    broken = list(list_broken_links())
    if broken:
        raise JobRefused(_("The log is not right:") + " " + "; ".join(broken[:5]))
    head = get_chain_head()
    told = _("%(number)s traces are right, the last digest is %(digest)s.")
    progress(1, 1, told % {"number": head.entries, "digest": head.digest[:16]})
    return reverse("backoffice_trail")


def release_now(order: JobOrder, progress: Progress) -> str:
    """Release what a job asks for."""
    return release_work(order, progress, now=timezone.now())


def register_all() -> None:
    """Let the worker know them."""
    register_kind(kind=CLOSE, work=close_work)
    register_kind(kind=VERIFY, work=verify_books_work)
    register_kind(kind=RELEASE, work=release_now)
    register_kind(kind=REBUILD, work=rebuild_work)
    register_kind(kind=VERIFY_TRACES, work=verify_traces_work)
