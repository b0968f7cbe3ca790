"""Staff see the long work that the worker does, and what came of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from winkelstraat.accounts.operations import start_job
from winkelstraat.accounts.queries.jobs import list_jobs
from winkelstraat.backoffice.work import BY_BUTTON

PERMISSION = "accounts.view_job"


@never_cache
@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show what runs, and below it what ran, the newest first."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    jobs = list_jobs()
    context = {
        "busy": [job for job in jobs if job.is_busy],
        "by_button": BY_BUTTON.items(),
        "ended": [job for job in jobs if not job.is_busy],
        "header_title": _("Long work"),
    }
    return render(request, "backoffice/jobs.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin one of the works that need nothing but a button."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    kind = request.POST.get("kind", "")
    if kind not in BY_BUTTON:
        raise Http404
    job = start_job(
        kind=kind,
        title=str(BY_BUTTON[kind]),
        asked_by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    return HttpResponseRedirect(reverse("accounts:job", args=[job.public_id]))
