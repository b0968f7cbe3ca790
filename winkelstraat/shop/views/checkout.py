"""Checkout on one page: fill in, look it over, order with an obligation to pay."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from winkelstraat.common.limits import limit
from winkelstraat.payments.operations import PaymentsUnavailable, start_checkout
from winkelstraat.shop.domain import refusals
from winkelstraat.shop.forms.checkout import CheckoutForm
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.models.purchases import PurchaseStatus
from winkelstraat.shop.operations.basket import accept_prices
from winkelstraat.shop.operations.checkout import place_purchase, request_payment
from winkelstraat.shop.queries.baskets import BasketContents, get_basket
from winkelstraat.shop.queries.purchases import find_last_purchase
from winkelstraat.shop.views.visitor import (
    cookie_basket_id,
    open_basket_id,
    remember_order,
    signed_in_user,
)
from winkelstraat.shop.views.words import explain

# A second click, or the page sent again, within this time means the order just placed.
SECOND_CLICK = timedelta(hours=1)


@never_cache
@limit("checkout", most=30, seconds=600)
@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form, the review, or place the order, as the visitor's step asks."""
    basket_id = open_basket_id(request)
    if basket_id is None:
        return _already_placed(request)
    basket = get_basket(basket_id=basket_id, now=timezone.now())
    if not basket.shops or basket.has_problem:
        if basket.shops:
            messages.error(request, _problem(basket))
        return HttpResponseRedirect(reverse("shop:basket"))
    if request.method == "GET":
        return _form(request, basket, CheckoutForm(basket=basket, initial=_known(request)))
    form = CheckoutForm(request.POST, basket=basket)
    step = request.POST.get("step")
    if step == "edit" or not form.is_valid():
        return _form(request, basket, form, status=200 if step == "edit" else 422)
    if step == "place":
        return _place(request, basket, form)
    accept_prices(basket_id=basket_id, seen_cents=basket.changed_prices)
    context = {"basket": basket, "form": form, "total_cents": form.total_cents()}
    return render(request, "checkout/review.html", context)


def _form(
    request: HttpRequest, basket: BasketContents, form: CheckoutForm, *, status: int = 200
) -> HttpResponse:
    context = {"basket": basket, "form": form}
    return render(request, "checkout/checkout.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, str]:
    user = signed_in_user(request)
    return {"name": user.name, "email": user.email} if user else {}


def _problem(basket: BasketContents) -> str:
    for shop in basket.shops:
        if shop.is_closed:
            return explain(refusals.ShopClosed(shop.name, shop.opens_at))
        for line in shop.lines:
            if line.quantity > line.available:
                return explain(refusals.NotEnoughStock(line.title, line.available))
        if shop.missing_cents:
            return explain(refusals.BelowMinimum(shop.name, shop.missing_cents))
        if not shop.ways:
            return explain(refusals.CannotFulfil(shop.name))
    return explain(refusals.EmptyBasket())


def _already_placed(request: HttpRequest) -> HttpResponse:
    """Lead a second click on the order button to the order that the first one made."""
    basket_id = cookie_basket_id(request)
    user = signed_in_user(request)
    placed = find_last_purchase(
        basket_id=basket_id,
        user_id=user.pk if user else None,
        since=timezone.now() - SECOND_CLICK,
    )
    if placed and request.method == "POST":
        remember_order(request, placed.number)
        return HttpResponseRedirect(reverse("shop:order", args=[placed.number]))
    return HttpResponseRedirect(reverse("shop:basket"))


def _place(request: HttpRequest, basket: BasketContents, form: CheckoutForm) -> HttpResponse:
    user = signed_in_user(request)
    seen = request.POST.get("seen_total", "")
    try:
        purchase = place_purchase(
            basket_id=basket.basket_id,
            buyer=form.buyer(user_id=user.pk if user else None),
            choices=form.choices(),
            seen_total_cents=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            now=timezone.now(),
        )
    except refusals.Refusal as refusal:
        messages.error(request, explain(refusal))
        return HttpResponseRedirect(reverse("shop:basket"))
    remember_order(request, purchase.number)
    return go_and_pay(purchase)


def go_and_pay(purchase: Purchase) -> HttpResponse:
    """Send the buyer to the pay page, or to his order when paying does not work now."""
    now = timezone.now()
    purchase.refresh_from_db(fields=["status"])
    if purchase.status == PurchaseStatus.PAID:  # vouchers paid for all of it
        return HttpResponseRedirect(reverse("shop:order", args=[purchase.number]))
    try:
        payment = request_payment(purchase=purchase, now=now)
        page = start_checkout(payment_id=payment.pk, now=now)
    except PaymentsUnavailable:
        return HttpResponseRedirect(reverse("shop:order", args=[purchase.number]))
    response = HttpResponseRedirect(page)
    response.status_code = 303
    return response
