"""The host's page at a pick-up point: find the order, hand it out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from winkelstraat.accounts.permissions import second_factor_required
from winkelstraat.delivery.queries import PickupPointRow, get_pickup_point, is_host
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.operations.orders import hand_out_at_point
from winkelstraat.shop.queries.desk import DeskOrder, list_ready_at_point, list_sellers_of
from winkelstraat.shop.queries.packing import find_parcel
from winkelstraat.shop.views.words import explain


@never_cache
@second_factor_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits here, narrowed to a code or name, and hand out what was asked for."""
    point = get_pickup_point(slug)
    if point is None or not is_host(request.user, point.id):
        raise Http404(_("You are not a host at this pick-up point."))
    if request.method == "POST":
        return _hand_out(request, point)
    text = request.GET.get("q", "").strip()
    waiting = list_ready_at_point(point.id, now=timezone.now())
    found = [entry for entry in waiting if _fits(text, entry[1][0].buyer_name, entry)]
    context = {"point": point, "waiting": found, "text": text, "count": len(waiting)}
    return render(request, "hand_out/point.html", context)


@never_cache
@second_factor_required
@require_GET
def open_parcel(request: HttpRequest, number: str) -> HttpResponse:
    """Bring whoever scans a label to his own page of that order: the shop, or the host."""
    order = find_parcel(number)
    if order is not None:
        if order.seller in list_sellers_of(request.user):
            page = reverse("desk:order", args=[order.number])
            return HttpResponseRedirect(f"{page}?winkel={order.seller.slug}")
        point = order.pickup_point
        if point is not None and is_host(request.user, point.pk):
            page = reverse("shop:hand_out", args=[point.slug])
            return HttpResponseRedirect(f"{page}?q={order.purchase.number}")
    raise Http404(_("This label is not of your shop or your pick-up point."))


def _fits(text: str, name: str, entry: tuple[str, list[DeskOrder]]) -> bool:
    number, orders = entry
    code = orders[0].pickup_code
    wanted = text.casefold().replace(":", "").strip()
    return not wanted or wanted in name.casefold() or wanted in f"{number}{code}".casefold()


def _hand_out(request: HttpRequest, point: PickupPointRow) -> HttpResponse:
    page = reverse("shop:hand_out", args=[point.slug])
    number = request.POST.get("number", "")
    try:
        count = hand_out_at_point(
            pickup_point_id=point.id,
            purchase_number=number,
            age_checked="age_checked" in request.POST,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, explain(refusal))
        return HttpResponseRedirect(f"{page}?q={number}")
    text = _("Handed out: %(count)s parts of order %(number)s.")
    messages.success(request, text % {"count": count, "number": number})
    return HttpResponseRedirect(page)
