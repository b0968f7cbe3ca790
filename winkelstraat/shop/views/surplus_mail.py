"""Ask for a mail when something must go, confirm it, and stop it."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from winkelstraat.common.limits import count_use, limit
from winkelstraat.shop.forms.watches import WatchForm
from winkelstraat.shop.models import SurplusWatch
from winkelstraat.shop.operations.watches import (
    ask_watch,
    confirm_watch,
    stop_watch,
)
from winkelstraat.shop.queries.watches import find_watch
from winkelstraat.shop.views.surplus import find_village

MOST_A_DAY, DAY_SECONDS = 5, 24 * 3600


@never_cache
@limit("surplus_mail", most=5, seconds=3600)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an address; the answer is the same whether it was known or not."""
    village = find_village(slug)
    form = WatchForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        context = {"village": village, "form": form}
        return render(request, "shop/surplus_mail.html", context, status=status)
    email = form.cleaned_data["email"]
    if not form.cleaned_data["website"] and _may_be_asked(email):
        ask_watch(village_id=village.id, email=email, now=timezone.now())
    return render(request, "shop/surplus_mail.html", {"village": village, "is_asked": True})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin to mail, after a button: mail programs open links by themselves."""
    watch = _find(token)
    if request.method == "POST":
        watch = confirm_watch(token=token, now=timezone.now())
    context = {"watch": watch, "is_done": request.method == "POST"}
    return render(request, "shop/surplus_confirm.html", context)


# A mail program posts here without a page of ours (RFC 8058): the word is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails, by one tap in the mail program or by the button of this page."""
    watch = _find(token)
    if request.method == "POST":
        watch = stop_watch(token=token, now=timezone.now())
    context = {"watch": watch, "is_done": watch.stopped_at is not None}
    return render(request, "shop/surplus_stop.html", context)


def _may_be_asked(email: str) -> bool:
    """Tell whether somebody's address, whoever typed it, had few questions from us today."""
    key = sha256(email.casefold().encode()).hexdigest()
    uses, _wait = count_use(f"surplus_mail.to.{key}", seconds=DAY_SECONDS)
    return uses <= MOST_A_DAY


def _find(token: str) -> SurplusWatch:
    watch = find_watch(token)
    if watch is None:
        raise Http404(_("This link holds no longer. Ask for mail once more."))
    return watch
