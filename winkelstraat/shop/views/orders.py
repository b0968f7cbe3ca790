"""The buyer's own order: where it stands, how to pay, how to collect."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from winkelstraat.common.limits import limit
from winkelstraat.payments.operations import GatewayError
from winkelstraat.payments.queries import (
    find_buyer_paper,
    get_payment_state,
    list_purchase_papers,
    list_refunds,
)
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.models.purchases import PurchaseStatus
from winkelstraat.shop.operations.orders import take_back
from winkelstraat.shop.queries.order_keys import is_order_key, is_still_open
from winkelstraat.shop.queries.purchases import find_purchase, get_order_page
from winkelstraat.shop.queries.returns import list_own_returns
from winkelstraat.shop.queries.substitutes import list_proposals
from winkelstraat.shop.views.checkout import go_and_pay
from winkelstraat.shop.views.desk_papers import give_paper
from winkelstraat.shop.views.visitor import (
    may_see,
    open_basket_id,
    remember_basket,
    remember_order,
    signed_in_user,
)


@never_cache
@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the whole order."""
    purchase = get_own_purchase(request, number)
    order = get_order_page(purchase, now=timezone.now())
    context = {
        "order": order,
        "payment": None if order.is_paid else get_payment_state(order.reference),
        "refunds": list_refunds(order.reference),
        "proposals": list_proposals(purchase, now=timezone.now()) if order.is_asked else (),
        "returns": list_own_returns(purchase, now=timezone.now()) if order.comes_back else (),
        "papers": list_purchase_papers(order.reference) if order.is_paid else (),
        "qr": draw_code(order.number, order.pickup_code),
    }
    return render(request, "order/order.html", context)


@never_cache
@require_GET
def paper(request: HttpRequest, number: str, paper_id: int) -> HttpResponse:
    """Give the buyer an invoice or credit note of his own order."""
    purchase = get_own_purchase(request, number)
    found = find_buyer_paper(paper_id, purchase_ref=purchase.reference)
    if found is None:
        raise Http404
    return give_paper(paper_id, found, "pdf")


@never_cache
@require_GET
def status(request: HttpRequest, number: str) -> HttpResponse:
    """Return the part of the page that changes, for a page that asks now and then."""
    purchase = get_own_purchase(request, number)
    order = get_order_page(purchase, now=timezone.now())
    if order.status != request.GET.get("was", order.status):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "order/parts.html", {"order": order})


@never_cache
@limit("order_key", most=20, seconds=600, method="GET")
@require_GET
def open_by_key(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Let a buyer in with the key from his mail."""
    purchase = find_purchase(number) if is_order_key(number, key) else None
    if purchase is None:
        raise Http404(_("This link does not belong to an order."))
    if not is_still_open(placed_at=purchase.placed_at, now=timezone.now()):
        raise Http404(_("This link is too old. Sign in, or ask the shop."))
    remember_order(request, number)
    return HttpResponseRedirect(reverse("shop:order", args=[number]))


@never_cache
@limit("order_pay", most=20, seconds=600)
@require_POST
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Go to the pay page of an order that is not paid yet."""
    purchase = get_own_purchase(request, number)
    if purchase.status != PurchaseStatus.AWAITING_PAYMENT:
        return HttpResponseRedirect(reverse("shop:order", args=[purchase.number]))
    if purchase.hold_until <= timezone.now():
        return _take_back(
            request, purchase, _("The time to pay was over. Your basket is here; order once more.")
        )
    return go_and_pay(purchase)


@never_cache
@limit("order_back", most=20, seconds=600)
@require_POST
def back(request: HttpRequest, number: str) -> HttpResponse:
    """Go on with the basket of an order that was not paid."""
    return _take_back(
        request, get_own_purchase(request, number), _("Your basket is back. Nothing was paid.")
    )


def _take_back(request: HttpRequest, purchase: Purchase, text: str) -> HttpResponse:
    page = reverse("shop:order", args=[purchase.number])
    try:
        basket_id = take_back(
            purchase=purchase,
            into_basket_id=open_basket_id(request),
            owner=signed_in_user(request),
            now=timezone.now(),
        )
    except GatewayError:
        messages.error(request, _("That does not work right now. Try again in a few minutes."))
        return HttpResponseRedirect(page)
    if basket_id is None:
        messages.info(request, _("A payment is on its way, so your order stays as it is."))
        return HttpResponseRedirect(page)
    messages.success(request, text)
    response = HttpResponseRedirect(reverse("shop:basket"))
    remember_basket(request, response, basket_id)
    return response


def draw_code(number: str, code: str) -> str:
    """Return the QR of a pick-up code as SVG that a screen reader passes by."""
    picture = segno.make(f"{number}:{code}", error="m")
    svg = picture.svg_inline(scale=4, border=1, svgclass=None, lineclass=None, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn here from our own letters


def get_own_purchase(request: HttpRequest, number: str) -> Purchase:
    """Return the order if it is the visitor's; another's does not exist for him."""
    purchase = find_purchase(number)
    if purchase is None or not may_see(request, purchase):
        raise Http404(
            _(
                "We do not find this order for you. Open it with the link in your mail,"
                " or sign in with the address you ordered with."
            )
        )
    return purchase
