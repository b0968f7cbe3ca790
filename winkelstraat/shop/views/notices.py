"""Report an offer without an account, follow it, contest it; and read what is called back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from winkelstraat.common.limits import limit
from winkelstraat.shop.forms.notices import ContestForm, ReportForm
from winkelstraat.shop.models import Notice
from winkelstraat.shop.operations.notice_mails import (
    get_notice_key,
    is_notice_key,
    mail_receipt,
)
from winkelstraat.shop.operations.notices import NotNow, Report, contest, report_listing
from winkelstraat.shop.queries.listings import get_product_page
from winkelstraat.shop.queries.recalls import list_recalls
from winkelstraat.shop.queries.terms import list_terms


@never_cache
@limit("report", most=10, seconds=3600)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, listing_id: int) -> HttpResponse:
    """Ask what is wrong with an offer, and write it down."""
    product = get_product_page(listing_id)
    if product is None:
        raise Http404(_("This is not on offer any more."))
    form = ReportForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "product": product}
        status = 200 if request.method == "GET" else 422
        return render(request, "notices/report.html", context, status=status)
    typed = form.cleaned_data
    if typed["website"]:  # only a machine fills this in
        return HttpResponseRedirect(reverse("catalogue:detail", args=[product.slug, listing_id]))
    made = report_listing(
        report=Report(listing_id, typed["reason"], typed["text"], typed["email"]),
        now=timezone.now(),
    )
    mail_receipt(notice=made)
    return HttpResponseRedirect(
        reverse("shop:notice", args=[made.number, get_notice_key(made.number)])
    )


@never_cache
@limit("notice", most=30, seconds=600)
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Show where a report stands, and take what is said against its decision."""
    notice = (
        Notice.objects.select_related("listing").prefetch_related("steps").filter(number=number)
    ).first()
    if notice is None or not is_notice_key(number, key):
        raise Http404(_("This link does not belong to a report."))
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contest(notice=notice, text=form.cleaned_data["text"], now=timezone.now())
        except NotNow:
            messages.error(request, _("This cannot be contested now, or the time is over."))
        else:
            messages.success(request, _("Somebody else looks at it now."))
        return HttpResponseRedirect(reverse("shop:notice", args=[number, key]))
    status = 422 if request.method == "POST" else 200
    context = {"notice": notice, "form": form, "kinds": {step.kind for step in notice.steps.all()}}
    return render(request, "notices/notice.html", context, status=status)


@require_safe
def recalls(request: HttpRequest) -> HttpResponse:
    """Show what was called back in the last half year."""
    return render(request, "notices/recalls.html", {"recalls": list_recalls(now=timezone.now())})


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Show the terms that hold, those that come with what differs, and earlier ones."""
    return render(request, "terms/terms.html", {"terms": list_terms(now=timezone.now())})
