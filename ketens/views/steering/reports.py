"""The yearly report: everybody reads and downloads it, staff have it drawn."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ketens.operations.reports import KIND
from ketens.queries.steering.report.stored import get_pdf, get_report, is_report_year, list_years
from ketens.views.steering.staff import is_staff, staff_only
from winkelstraat.accounts.operations.jobs import KindIsBusy, start_job


@require_safe
def show_reports(request: HttpRequest) -> HttpResponse:
    """Show the years that have a report, or can have one."""
    lines = list_years(this_year=timezone.localdate().year)
    return render(request, "monitor/reports.html", {"here": "report", "lines": lines})


@require_safe
def show_report(request: HttpRequest, year: int) -> HttpResponse:
    """Show the newest report of a year; it reads what was drawn, and draws nothing."""
    report = get_report(year)
    if report is None and not is_report_year(year, this_year=timezone.localdate().year):
        raise Http404
    context = {"here": "report", "year": year, "stored": report, "is_staff": is_staff(request)}
    return render(request, "monitor/report.html", context)


@require_safe
def download(request: HttpRequest, year: int, digest: str) -> HttpResponse:
    """Give the PDF of a report; its name says which."""
    pdf = get_pdf(year, digest)
    if pdf is None:
        raise Http404
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="jaarverslag-{year}-{digest[:8]}.pdf"'
    answer["ETag"] = f'"{digest}"'
    return answer


@never_cache
@require_POST
@staff_only
def draw(request: HttpRequest, year: int) -> HttpResponse:
    """Ask the worker for the report of a year."""
    if not is_report_year(year, this_year=timezone.localdate().year):
        raise Http404
    try:
        job = start_job(
            kind=KIND,
            title=_("Yearly report %(year)s") % {"year": year},
            asked_by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            arguments={"year": year},
        )
    except KindIsBusy as busy:
        messages.error(request, _("“%(title)s” runs now. Wait for it.") % {"title": busy.job.title})
        return HttpResponseRedirect(reverse("monitor:report_year", args=[year]))
    if job.asked_by_id != request.user.pk:
        messages.info(request, _("Somebody else asked for this report; it is being drawn."))
        return HttpResponseRedirect(reverse("monitor:report_year", args=[year]))
    return HttpResponseRedirect(reverse("accounts:job", args=[job.public_id]))
