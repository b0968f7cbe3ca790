"""The shopkeeper's desk: today first, big rows, one thing to do."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from winkelstraat.accounts.permissions import second_factor_required
from winkelstraat.shop.domain.refusals import Refusal, UnknownOrder
from winkelstraat.shop.domain.status import WrongStep
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.orders import hand_out_at_shop, mark_ready
from winkelstraat.shop.queries.desk import get_board, get_desk_order, list_sellers_of
from winkelstraat.shop.queries.kor import get_kor_desk
from winkelstraat.shop.queries.waiting import get_waiting, list_first_steps
from winkelstraat.shop.views.words import explain

CHOSEN = "desk_seller"

DeskView = Callable[..., HttpResponseBase]


def at_own_desk(view: DeskView) -> DeskView:
    """Give the view the shop of the person who asks; people without a shop see no page."""

    @never_cache
    @second_factor_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        sellers = list_sellers_of(request.user)
        if not sellers:
            raise Http404(_("You do not work in a shop on the street yet."))
        wanted = request.GET.get("winkel") or request.session.get(CHOSEN)
        seller = next((own for own in sellers if own.slug == wanted), sellers[0])
        if request.session.get(CHOSEN) != seller.slug:
            request.session[CHOSEN] = seller.slug
        request.desk_sellers = sellers  # type: ignore[attr-defined]
        here = request.resolver_match.url_name if request.resolver_match else ""
        if not seller.rights.may_open(here or ""):
            return at_desk(request, seller, "desk/no_right.html", {}, status=403)
        return view(request, seller, *args, **kwargs)

    return guarded


@require_GET
@at_own_desk
def today(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what to pack, what is ready, what was handed out, and what else waits."""
    now = timezone.now()
    board = get_board(seller, now=now)
    context: dict[str, object] = {
        "board": board,
        "waiting": get_waiting(seller),
        "first_steps": list_first_steps(seller) if board.is_quiet else [],
        "is_paused": seller.enterprise.status == "suspended",
        "kor": get_kor_desk(seller, day=timezone.localdate(now)),
    }
    return at_desk(request, seller, "desk/today.html", context)


@require_GET
@at_own_desk
def more(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the way to everything that is not done every day."""
    return at_desk(request, seller, "desk/more.html", {})


@require_GET
@at_own_desk
def order(request: HttpRequest, seller: SellerProfile, number: str) -> HttpResponse:
    """Show one order of this shop."""
    found = get_desk_order(seller, number=number, now=timezone.now())
    if found is None:
        raise Http404(_("Your shop has no order with this number."))
    return at_desk(request, seller, "desk/order.html", {"order": found})


@require_POST
@at_own_desk
def ready(request: HttpRequest, seller: SellerProfile, number: str) -> HttpResponse:
    """Mark one order of this shop as packed."""
    try:
        mark_ready(seller=seller, number=number, now=timezone.now())
    except UnknownOrder as refusal:
        raise Http404(_("Your shop has no order with this number.")) from refusal
    except (Refusal, WrongStep) as refusal:
        messages.error(request, explain(refusal))
    else:
        messages.success(request, _("Order %(number)s is ready.") % {"number": number})
    if request.POST.get("next") != "packing":
        return HttpResponseRedirect(f"{reverse('desk:today')}#pack")
    day = urlencode({"dag": request.POST.get("dag", "")})
    return HttpResponseRedirect(f"{reverse('desk:packing')}?{day}#slip-{number}")


@require_POST
@at_own_desk
def collected(request: HttpRequest, seller: SellerProfile, number: str) -> HttpResponse:
    """Hand one order of this shop to its buyer."""
    try:
        hand_out_at_shop(
            seller=seller,
            number=number,
            age_checked="age_checked" in request.POST,
            money_received="money_received" in request.POST,
            now=timezone.now(),
        )
    except UnknownOrder as refusal:
        raise Http404(_("Your shop has no order with this number.")) from refusal
    except (Refusal, WrongStep) as refusal:
        messages.error(request, explain(refusal))
        return HttpResponseRedirect(reverse("desk:order", args=[number]))
    messages.success(request, _("Order %(number)s is handed out.") % {"number": number})
    return HttpResponseRedirect(f"{reverse('desk:today')}#ready")


def at_desk(
    request: HttpRequest,
    seller: SellerProfile,
    template: str,
    context: dict[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page inside the desk's shell."""
    sellers = request.desk_sellers  # type: ignore[attr-defined]
    shops = [{"name": own.name, "slug": own.slug} for own in sellers]
    shell = {
        "shop_name": seller.name,
        "shop_slug": seller.slug,
        "shops": shops,
        "rights": seller.rights,
    }
    return render(request, template, {**shell, **context}, status=status)
