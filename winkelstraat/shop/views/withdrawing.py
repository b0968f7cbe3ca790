"""Withdraw from a contract in two steps, with or without an account (CON-07).

What was found in the first step travels to the second in a signed field, so that the
second needs no session and the address is not asked twice.
"""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from winkelstraat.common.limits import client_address, count_use, limit
from winkelstraat.shop.domain.refusals import Refusal, UnknownOrder
from winkelstraat.shop.forms.withdrawing import ChooseLinesForm, FindOrderForm
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.operations.withdrawal_settling import say_sent
from winkelstraat.shop.operations.withdrawals import Statement, withdraw
from winkelstraat.shop.queries.purchases import find_purchase
from winkelstraat.shop.queries.withdrawals import find_bought, list_contracts
from winkelstraat.shop.views.orders import get_own_purchase
from winkelstraat.shop.views.visitor import may_see

SALT = "winkelstraat.shop.withdrawing"
STEP_SECONDS = 3600
TRIES, TRIES_SECONDS = 5, 600


@never_cache
@limit("withdraw", most=30, seconds=600)
@require_http_methods(["GET", "POST"])
def withdraw_contract(request: HttpRequest) -> HttpResponse:
    """Find the order, choose what, confirm."""
    if request.method == "GET":
        return _ask_order(request, FindOrderForm(initial=_known(request)))
    if "found" in request.POST:
        return _choose(request)
    return _find(request)


@never_cache
@limit("sent_back", most=20, seconds=600)
@require_POST
def say_sent_back(request: HttpRequest, number: str, withdrawal_id: int) -> HttpResponse:
    """Write down how the order's own buyer sent the goods back."""
    purchase = get_own_purchase(request, number)
    proof = " ".join(request.POST.get("proof", "").split())[:120]
    if not proof:
        messages.error(request, _("Write how you sent it, so that the shop can look for it."))
    else:
        try:
            say_sent(
                purchase_id=purchase.pk,
                withdrawal_id=withdrawal_id,
                proof=proof,
                now=timezone.now(),
            )
        except UnknownOrder as refusal:
            raise Http404(_("You withdrew from nothing like this.")) from refusal
        messages.success(request, _("Noted. The shop sees it."))
    return HttpResponseRedirect(reverse("shop:order", args=[purchase.number]))


def _known(request: HttpRequest) -> dict[str, str]:
    """Fill in what a buyer who comes from his own order page need not type."""
    purchase = find_purchase(request.GET.get("bestelling", ""))
    if purchase is None or not may_see(request, purchase):
        return {}
    return {
        "number": purchase.number,
        "email": purchase.buyer_email,
        "name": purchase.buyer_name,
    }


def _ask_order(request: HttpRequest, form: FindOrderForm, *, status: int = 200) -> HttpResponse:
    return render(request, "order/withdraw_find.html", {"form": form}, status=status)


def _find(request: HttpRequest) -> HttpResponse:
    form = FindOrderForm(request.POST)
    if not form.is_valid():
        return _ask_order(request, form, status=422)
    number, email = form.cleaned_data["number"], form.cleaned_data["email"]
    uses, wait = count_use(f"withdraw.{client_address(request)}.{number}", seconds=TRIES_SECONDS)
    if uses > TRIES:
        answer = render(request, "429.html", {"wait_seconds": wait}, status=429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    purchase = find_bought(number=number, email=email)
    if purchase is None:
        text = _(
            "We find no paid order with this number and this address. Look in the mail"
            " about your order; both stand in it."
        )
        form.add_error(None, text)
        return _ask_order(request, form, status=422)
    found = signing.dumps([purchase.pk, form.cleaned_data["name"], email], salt=SALT)
    contracts = list_contracts(purchase, now=timezone.now())
    return _ask_lines(request, purchase, found, ChooseLinesForm(contracts=contracts))


def _ask_lines(
    request: HttpRequest,
    purchase: Purchase,
    found: str,
    form: ChooseLinesForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"number": purchase.number, "found": found, "form": form}
    return render(request, "order/withdraw_choose.html", context, status=status)


def _choose(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    try:
        key, name, email = signing.loads(request.POST["found"], salt=SALT, max_age=STEP_SECONDS)
    except signing.BadSignature:
        return _start_again(request)
    purchase = Purchase.objects.get(pk=key)
    form = ChooseLinesForm(request.POST, contracts=list_contracts(purchase, now=now))
    if not form.is_valid():
        return _ask_lines(request, purchase, request.POST["found"], form, status=422)
    statement = Statement(purchase.pk, name, email, form.units())
    try:
        withdrawals = withdraw(statement=statement, now=now)
    except Refusal:
        form.add_error(None, _("Something changed meanwhile. Look at the numbers once more."))
        return _ask_lines(request, purchase, request.POST["found"], form, status=409)
    context: dict[str, Any] = {
        "number": purchase.number,
        "withdrawals": withdrawals,
        "email": email,
        "stated_at": now,
    }
    return render(request, "order/withdraw_done.html", context)


def _start_again(request: HttpRequest) -> HttpResponse:
    form = FindOrderForm(data={})
    form.errors.clear()
    form.add_error(None, _("The page was open for too long. Fill it in once more."))
    return _ask_order(request, form, status=422)
