"""Staff close periods after a list of checks, and release what is due."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ketens.operations.releasing import CannotRelease
from ketens.queries.releasing import list_quarters
from winkelstraat.accounts.models import Job
from winkelstraat.accounts.operations import KindIsBusy, start_job
from winkelstraat.accounts.queries.jobs import find_last_job
from winkelstraat.backoffice.closing import (
    CLOSE,
    VERIFY,
    CannotAsk,
    ask_closing,
    list_ends,
    make_check_list,
)
from winkelstraat.backoffice.publishing import RELEASE, FourEyes, ask_release, explain
from winkelstraat.backoffice.work import BY_BUTTON
from winkelstraat.ledger.queries import get_closed_until

CLOSING = "ledger.add_period"
RELEASING = "ketens.add_workrelease"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    """Show what must be right before a period is closed, and close it."""
    refuse_others(request, CLOSING)
    today = timezone.localdate()
    ends = list_ends(today=today)
    chosen = read_day(request.POST.get("until") or request.GET.get("tot") or "") or ends[0]
    if request.method == "POST":
        job = close(request, chosen)
        if job is not None:
            return HttpResponseRedirect(reverse("accounts:job", args=[job.public_id]))
    context = {
        "ends": ends,
        "closed": get_closed_until(),
        "checks": make_check_list(until=chosen, now=timezone.now()),
        "job": find_last_job(kind=CLOSE),
        "header_title": _("Close the books"),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "backoffice/periods.html", context, status=status)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Let the worker recompute the books."""
    refuse_others(request, CLOSING)
    job = start_job(
        kind=VERIFY,
        title=str(BY_BUTTON[VERIFY]),
        asked_by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    return HttpResponseRedirect(reverse("accounts:job", args=[job.public_id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def releases(request: HttpRequest) -> HttpResponse:
    """Show every quarter with what is released of it, and release what is due."""
    refuse_others(request, RELEASING)
    if request.method == "POST":
        job = release(request)
        if job is not None:
            return HttpResponseRedirect(reverse("accounts:job", args=[job.public_id]))
    context = {
        "quarters": list_quarters(today=timezone.localdate()),
        "job": find_last_job(kind=RELEASE),
        "header_title": _("Release figures"),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "backoffice/releases.html", context, status=status)


def close(request: HttpRequest, until: date) -> Job | None:
    """Ask for the closing, or say why it cannot be done and return None."""
    try:
        return ask_closing(
            until=until,
            user=request.user,  # type: ignore[arg-type]
            accepts_open=request.POST.get("accepts_open") == "on",
            now=timezone.now(),
        )
    except CannotAsk as refusal:
        messages.error(request, explain_closing(str(refusal)))
    except KindIsBusy as busy:
        messages.error(request, _("“%(title)s” runs now. Wait for it.") % {"title": busy.job.title})
    return None


def release(request: HttpRequest) -> Job | None:
    """Ask for the release, or say why it cannot be done and return None."""
    try:
        return ask_release(
            key=request.POST.get("key", ""),
            quarter=read_day(request.POST.get("quarter", "")) or date.min,
            user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except CannotRelease as refusal:
        messages.error(request, explain(str(refusal)))
    except FourEyes:
        messages.error(
            request, _("You closed the books of this quarter. Let somebody else release it.")
        )
    except KindIsBusy as busy:
        messages.error(request, _("“%(title)s” runs now. Wait for it.") % {"title": busy.job.title})
    return None


def explain_closing(code: str) -> str:
    """Return in words why a period cannot be closed."""
    return {
        "no_end": _("Choose the last day of a month."),
        "not_over": _("This period is not over yet. Close it after its last day."),
        "closed": _("The books are closed over this day already."),
        "unverified": _("Let the books be looked at first. It must be right within a day."),
        "open": _("Some bookings still wait. Wait for them, or say that they may come late."),
    }[code]


def read_day(text: str) -> date | None:
    """Return a day as it is written in an address; None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def refuse_others(request: HttpRequest, permission: str) -> None:
    """Let only those in who may do this.

    :raises PermissionDenied: for everybody else.
    """
    if not request.user.has_perm(permission):
        raise PermissionDenied
