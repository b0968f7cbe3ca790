"""Staff publish terms, and see the complaints that no shop answered."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.backoffice.periods import read_day
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import TermsFor
from winkelstraat.shop.operations.terms import TooSoon, publish_terms
from winkelstraat.shop.queries.complaints import list_late_complaints
from winkelstraat.shop.queries.terms import list_terms

PERMISSION = "shop.add_termsversion"


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """Show what holds and what comes; publish a next version."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST" and publish(request, now):
        return HttpResponseRedirect(reverse("backoffice_terms"))
    context = {
        "terms": list_terms(now=now),
        "audiences": TermsFor.choices,
        "typed": request.POST,
        "late": list_late_complaints(now=now),
        "header_title": _("Terms and complaints"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "backoffice/terms.html", context, status=status)


def publish(request: HttpRequest, now: datetime) -> bool:
    """Publish what was typed, or say what is not right and return False."""
    audience, text = request.POST.get("audience", ""), request.POST.get("text", "").strip()
    day = read_day(request.POST.get("effective_on", ""))
    if audience not in TermsFor.values or not text or day is None:
        messages.error(request, _("Choose for whom, write the text, and from which day it holds."))
        return False
    effective_at = datetime(day.year, day.month, day.day, tzinfo=LOCAL)
    try:
        publish_terms(audience=audience, text=text, effective_at=effective_at, now=now)
    except TooSoon:
        messages.error(request, _("Shops must have 15 days. Choose a later day."))
        return False
    messages.success(request, _("Published. Every shop gets the whole text by mail."))
    return True
