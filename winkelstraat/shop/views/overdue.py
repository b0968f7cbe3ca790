"""The buyer cancels what a shop did not deliver in time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from winkelstraat.common.limits import limit
from winkelstraat.common.money import format_cents
from winkelstraat.payments.operations import RefundRefused
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.operations.overdue import cancel_overdue
from winkelstraat.shop.queries.purchases import get_order_page
from winkelstraat.shop.views.orders import get_own_purchase
from winkelstraat.shop.views.words import explain


@never_cache
@limit("overdue", most=20, seconds=600)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Ask whether he is sure, and give everything of that shop back."""
    purchase = get_own_purchase(request, number)
    page = get_order_page(purchase, now=timezone.now())
    found = next((one for one in page.parts if one.number == part), None)
    if found is None:
        raise Http404(_("This is no part of your order."))
    if request.method == "GET":
        return render(request, "order/overdue.html", {"number": number, "part": found})
    try:
        cents = cancel_overdue(purchase_id=purchase.pk, number=part, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    except RefundRefused:
        messages.error(request, _("This cannot be given back now. Ask the shop, or try tomorrow."))
    else:
        text = _("It is cancelled. You get %(amount)s back the way you paid.")
        done = text % {"amount": format_cents(cents)} if cents else _("It is cancelled.")
        messages.success(request, done)
    return HttpResponseRedirect(reverse("shop:order", args=[purchase.number]))
