"""Take an order by telephone: choose the goods, fill in for whom, tell how to pay."""

from datetime import datetime

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from winkelstraat.shop.domain.refusals import EmptyBasket, Refusal
from winkelstraat.shop.forms.phone_orders import COUNTER, PhoneGoodsForm, PhoneOrderForm
from winkelstraat.shop.models import Purchase, SellerProfile
from winkelstraat.shop.operations.phone_orders import fill_phone_basket, place_phone_order
from winkelstraat.shop.queries.basket_contents import BasketContents
from winkelstraat.shop.queries.baskets import find_open_basket, get_basket
from winkelstraat.shop.queries.phone_orders import get_phone_order, list_phone_goods
from winkelstraat.shop.views.desk import at_desk, at_own_desk
from winkelstraat.shop.views.words import explain


@require_http_methods(["GET", "POST"])
@at_own_desk
def goods(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Ask what the caller wants; what was chosen before is filled in."""
    offered = list_phone_goods(seller)
    basket = _basket(request, seller, timezone.now())
    if request.method == "GET":
        return _ask_goods(request, seller, PhoneGoodsForm(goods=offered, initial=_chosen(basket)))
    form = PhoneGoodsForm(request.POST, goods=offered)
    if not form.is_valid():
        return _ask_goods(request, seller, form, status=422)
    try:
        request.session[_key(seller)] = fill_phone_basket(
            seller=seller,
            basket_id=basket.basket_id if basket else None,
            quantities=form.quantities(),
            now=timezone.now(),
        )
    except EmptyBasket:
        form.add_error(None, _("Fill in how many of something the buyer wants."))
        return _ask_goods(request, seller, form, status=422)
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return _ask_goods(request, seller, form, status=422)
    return HttpResponseRedirect(reverse("desk:phone_buyer"))


@require_http_methods(["GET", "POST"])
@at_own_desk
def buyer(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Ask for whom, when and how it is paid; then place the order."""
    basket = _basket(request, seller, timezone.now())
    if basket is None or not basket.shops:
        return HttpResponseRedirect(reverse("desk:phone"))
    if request.method == "GET":
        return _ask_buyer(request, seller, basket, PhoneOrderForm(basket=basket))
    form = PhoneOrderForm(request.POST, basket=basket)
    if not form.is_valid():
        return _ask_buyer(request, seller, basket, form, status=422)
    try:
        purchase = _place(seller, basket, form)
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return _ask_buyer(request, seller, basket, form, status=409)
    request.session.pop(_key(seller), None)
    messages.success(request, _("Order %(number)s is taken.") % {"number": purchase.number})
    return HttpResponseRedirect(reverse("desk:phone_order", args=[purchase.number]))


@require_GET
@at_own_desk
def order(request: HttpRequest, seller: SellerProfile, purchase_number: str) -> HttpResponse:
    """Show how the buyer pays: the link, a square to scan, or the amount at the counter."""
    found = get_phone_order(seller, number=purchase_number, now=timezone.now())
    if found is None:
        raise Http404(_("Your shop took no order with this number."))
    address = f"{settings.SITE_ADDRESS}{reverse('shop:order_key', args=[found.number, found.key])}"
    context: dict[str, object] = {"order": found, "pay_url": address, "square": _draw(address)}
    return at_desk(request, seller, "desk/phone_order.html", context)


def _place(seller: SellerProfile, basket: BasketContents, form: PhoneOrderForm) -> Purchase:
    return place_phone_order(
        seller=seller,
        basket_id=basket.basket_id,
        buyer=form.buyer(user_id=None),
        choice=form.choices()[seller.pk],
        at_counter=form.cleaned_data["pay"] == COUNTER,
        now=timezone.now(),
    )


def _key(seller: SellerProfile) -> str:
    return f"phone_basket_{seller.pk}"


def _basket(request: HttpRequest, seller: SellerProfile, now: datetime) -> BasketContents | None:
    """Return what this caller has chosen, while it is open."""
    basket_id = find_open_basket(user_id=None, cookie_basket_id=request.session.get(_key(seller)))
    return get_basket(basket_id=basket_id, now=now) if basket_id else None


def _chosen(basket: BasketContents | None) -> dict[str, int]:
    lines = [line for shop in basket.shops for line in shop.lines] if basket else []
    return {f"count-{line.listing_id}": line.quantity for line in lines}


def _ask_goods(
    request: HttpRequest, seller: SellerProfile, form: PhoneGoodsForm, *, status: int = 200
) -> HttpResponse:
    return at_desk(request, seller, "desk/phone.html", {"form": form}, status=status)


def _ask_buyer(
    request: HttpRequest,
    seller: SellerProfile,
    basket: BasketContents,
    form: PhoneOrderForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"basket": basket, "form": form}
    return at_desk(request, seller, "desk/phone_buyer.html", context, status=status)


def _draw(address: str) -> str:
    svg = segno.make(address, error="m").svg_inline(
        scale=4, border=1, svgclass=None, lineclass=None, omitsize=True
    )
    return mark_safe(svg)  # noqa: S308 - drawn here from our own address
