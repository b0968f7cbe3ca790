"""How far long work is, for who asked for it; it renews itself, or by a button."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from winkelstraat.accounts.operations.jobs import KindIsBusy, retry_job
from winkelstraat.accounts.permissions import sign_in_required
from winkelstraat.accounts.queries.jobs import JobCard, find_job


@require_safe
@never_cache
@sign_in_required
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one job; HTMX gets only what changes."""
    is_fragment = bool(getattr(request, "htmx", False))
    page = "components/job.html" if is_fragment else "accounts/job.html"
    return render(request, page, {"job": _find(request, public_id)})


@require_POST
@sign_in_required
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a failed job wait for the worker again."""
    job = _find(request, public_id)
    try:
        if not retry_job(job_id=job.id, now=timezone.now()):
            messages.info(request, _("This did not fail, so there is nothing to try again."))
    except KindIsBusy as busy:
        messages.error(request, _("“%(title)s” runs now. Wait for it.") % {"title": busy.job.title})
    return HttpResponseRedirect(reverse("accounts:job", args=[public_id]))


def _find(request: HttpRequest, public_id: UUID) -> JobCard:
    job = find_job(public_id=public_id, user=request.user)  # type: ignore[arg-type]
    if job is None:
        raise Http404
    return job
