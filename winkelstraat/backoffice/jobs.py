"""Staff see the long work that the worker does, and what came of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from winkelstraat.accounts.queries.jobs import list_jobs

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
        "ended": [job for job in jobs if not job.is_busy],
        "header_title": _("Long work"),
    }
    return render(request, "backoffice/jobs.html", context)
