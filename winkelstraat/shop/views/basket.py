"""The basket: look, add, change, and the count in the header."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from winkelstraat.common.limits import limit
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.operations.basket import (
    BasketChange,
    add_to_basket,
    set_aside,
    set_quantity,
    take_up_again,
)
from winkelstraat.shop.operations.vouchers import choose_voucher, drop_voucher
from winkelstraat.shop.queries.basket_contents import BasketContents
from winkelstraat.shop.queries.baskets import count_in_open_basket, find_title, get_basket
from winkelstraat.shop.queries.purchases import find_unpaid_purchase
from winkelstraat.shop.views.visitor import (
    cookie_basket_id,
    open_basket_id,
    remember_basket,
    safe_next,
    signed_in_user,
)
from winkelstraat.shop.views.words import explain, explain_voucher

# Where a session keeps the basket of what was set aside.
ASIDE = "basket_aside"


@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the basket, shop by shop; an empty one says where the order went."""
    return _show(request)


@never_cache
@limit("voucher", most=10, seconds=3600)
@require_POST
def voucher(request: HttpRequest) -> HttpResponse:
    """Put a voucher on the basket, or take it off; a code that fails stays in its field."""
    basket_id, code = open_basket_id(request), request.POST.get("code", "")[:60]
    if basket_id is None:
        return HttpResponseRedirect(reverse("shop:basket"))
    if "remove" in request.POST:
        drop_voucher(basket_id=basket_id)
        return HttpResponseRedirect(reverse("shop:basket"))
    try:
        choose_voucher(basket_id=basket_id, code=code, now=timezone.now())
    except Refusal as refusal:
        return _show(request, typed=code, voucher_error=explain(refusal), status=422)
    return HttpResponseRedirect(reverse("shop:basket"))


def _show(
    request: HttpRequest, *, typed: str = "", voucher_error: str = "", status: int = 200
) -> HttpResponse:
    basket_id = open_basket_id(request)
    basket = get_basket(basket_id=basket_id, now=timezone.now()) if basket_id else None
    unpaid = None
    if basket is None or not basket.shops:
        user = signed_in_user(request)
        unpaid = find_unpaid_purchase(
            basket_id=cookie_basket_id(request), user_id=user.pk if user else None
        )
    chosen = basket.voucher if basket else None
    if chosen and chosen.problem and not voucher_error:
        voucher_error = explain_voucher(chosen.problem, chosen.terms.minimum_cents)
    context = {
        "basket": basket,
        "unpaid": unpaid,
        "taken_out": _taken_out(request),
        "kept_apart": _kept_apart(request),
        "typed": typed or (chosen.code if chosen else ""),
        "voucher_error": voucher_error,
    }
    return render(request, "basket/basket.html", context, status=status)


@limit("basket_add", most=120, seconds=600)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a listing into the basket and go back to where the visitor was."""
    here = safe_next(request, reverse("shop:basket"))
    try:
        change = add_to_basket(
            basket_id=open_basket_id(request),
            owner=signed_in_user(request),
            listing_id=_number(request.POST.get("listing"), otherwise=0),
            quantity=_number(request.POST.get("quantity"), otherwise=1),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _answer(request, here, explain(refusal), level="error")
    text = _("%(title)s is in your basket.") % {"title": change.title}
    response = _answer(request, here, text, level="success")
    remember_basket(request, response, change.basket_id)
    return response


@require_POST
def change(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change how many of a line, or take it out."""
    basket_id = open_basket_id(request)
    page = reverse("shop:basket")
    if basket_id is None:
        return HttpResponseRedirect(page)
    wanted = 0 if "remove" in request.POST else _number(request.POST.get("quantity"), otherwise=1)
    try:
        changed = set_quantity(basket_id=basket_id, line_id=line_id, quantity=wanted)
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    else:
        if changed.quantity == 0:
            return HttpResponseRedirect(f"{page}?{_undo_key(changed)}")
    return HttpResponseRedirect(page)


@require_POST
def aside(request: HttpRequest, seller_id: int) -> HttpResponse:
    """Keep the things of one shop apart, so that the others can be ordered."""
    basket_id = open_basket_id(request)
    if basket_id is not None:
        request.session[ASIDE] = set_aside(
            basket_id=basket_id, seller_id=seller_id, aside_id=request.session.get(ASIDE)
        )
    return HttpResponseRedirect(reverse("shop:basket"))


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """Put everything that was kept apart back."""
    response = HttpResponseRedirect(reverse("shop:basket"))
    aside_id = request.session.pop(ASIDE, None)
    if aside_id is None:
        return response
    basket_id = take_up_again(
        aside_id=aside_id,
        basket_id=open_basket_id(request),
        owner=signed_in_user(request),
        now=timezone.now(),
    )
    if basket_id is not None:
        remember_basket(request, response, basket_id)
    return response


@never_cache
@require_GET
def badge(request: HttpRequest) -> HttpResponse:
    """Return the number for the header's basket (1 query for a guest, none without one)."""
    user = signed_in_user(request)
    basket_id = open_basket_id(request) if user else cookie_basket_id(request)
    user_id = user.pk if user else None
    count = count_in_open_basket(basket_id=basket_id, user_id=user_id) if basket_id else 0
    return render(request, "basket/badge.html", {"count": count})


def _answer(request: HttpRequest, page: str, text: str, *, level: str) -> HttpResponse:
    """Say it in place to HTMX, and on the next page to everybody else."""
    if getattr(request, "htmx", False):
        context = {"text": text, "level": level}
        response = render(request, "basket/said.html", context)
        response.headers["HX-Trigger"] = "basket-changed"
        return response
    getattr(messages, level)(request, text)
    return HttpResponseRedirect(page)


def _undo_key(change: BasketChange) -> str:
    """Return what was taken out as the tail of an address, so that it can be put back."""
    return urlencode({"eruit": change.listing_id, "aantal": change.before})


def _taken_out(request: HttpRequest) -> dict[str, object] | None:
    listing_id = _number(request.GET.get("eruit"), otherwise=0)
    title = find_title(listing_id) if listing_id else None
    if title is None:
        return None
    quantity = _number(request.GET.get("aantal"), otherwise=1)
    return {"listing_id": listing_id, "title": title, "quantity": quantity}


def _kept_apart(request: HttpRequest) -> BasketContents | None:
    """Return what was set aside; no query for who set nothing aside."""
    aside_id = request.session.get(ASIDE)
    found = get_basket(basket_id=aside_id, now=timezone.now()) if aside_id else None
    return found if found and found.shops else None


def _number(text: str | None, *, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
