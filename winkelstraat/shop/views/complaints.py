"""The buyer complains about an order and says when it is solved; the shop answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from winkelstraat.common.limits import limit
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.forms.complaints import MessageForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.complaints import (
    answer_complaint,
    close_complaint,
    complain,
    mail_message,
)
from winkelstraat.shop.queries.complaints import (
    get_complaint,
    list_complaints,
    list_own_complaints,
)
from winkelstraat.shop.views.desk import at_desk, at_own_desk
from winkelstraat.shop.views.orders import get_own_purchase


@never_cache
@limit("complain", most=20, seconds=3600)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Ask what is wrong with one shop's part, and pass it on."""
    purchase = get_own_purchase(request, number)
    form = MessageForm(request.POST or None)
    rows = {row.number: row for row in list_own_complaints(purchase, now=timezone.now())}
    if request.method == "GET" or not form.is_valid():
        if not purchase.seller_orders.filter(number=part).exists():
            raise Http404(_("This is no part of your order."))
        context = {"form": form, "number": number, "part": part, "complaint": rows.get(part)}
        status = 200 if request.method == "GET" else 422
        return render(request, "order/complaint.html", context, status=status)
    try:
        message = complain(
            purchase=purchase, number=part, text=form.cleaned_data["text"], now=timezone.now()
        )
    except UnknownOrder as refusal:
        raise Http404(_("This is no part of your order.")) from refusal
    mail_message(message=message)
    messages.success(request, _("The shop has it and answers within 14 days."))
    return HttpResponseRedirect(reverse("shop:complain", args=[number, part]))


@never_cache
@require_POST
def solved(request: HttpRequest, number: str, complaint_id: int) -> HttpResponse:
    """Let the buyer say that it is solved."""
    purchase = get_own_purchase(request, number)
    try:
        close_complaint(purchase=purchase, complaint_id=complaint_id, now=timezone.now())
    except UnknownOrder as refusal:
        raise Http404(_("This is no complaint of yours.")) from refusal
    messages.success(request, _("Good that it is solved."))
    return HttpResponseRedirect(reverse("shop:order", args=[number]))


@require_GET
@at_own_desk
def at_shop(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the complaints about this shop."""
    found = list_complaints(seller, now=timezone.now())
    return at_desk(request, seller, "desk/complaints.html", {"complaints": found})


@require_http_methods(["GET", "POST"])
@at_own_desk
def answer(request: HttpRequest, seller: SellerProfile, complaint_id: int) -> HttpResponse:
    """Show one complaint, and answer it."""
    row = get_complaint(seller, complaint_id=complaint_id, now=timezone.now())
    if row is None:
        raise Http404(_("Your shop has no such complaint."))
    form = MessageForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        context: dict[str, object] = {"complaint": row, "form": form}
        return at_desk(request, seller, "desk/complaint.html", context, status=status)
    message = answer_complaint(
        seller=seller,
        complaint_id=complaint_id,
        text=form.cleaned_data["text"],
        now=timezone.now(),
    )
    mail_message(message=message)
    messages.success(request, _("Your answer is on its way to the buyer."))
    return HttpResponseRedirect(reverse("desk:complaint", args=[complaint_id]))
