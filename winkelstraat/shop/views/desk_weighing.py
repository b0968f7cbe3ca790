"""Weigh at the desk: type grams, and what is too much goes back by itself."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.domain.weighing import ImpossibleWeight, OddWeight, price_by_weight_cents
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.weighing import weigh_line
from winkelstraat.shop.queries.desk import get_desk_order
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_POST
@at_own_desk
def weigh(request: HttpRequest, seller: SellerProfile, number: str, line_id: int) -> HttpResponse:
    """Write one weight down; an odd one is asked about first, with what was typed kept."""
    typed = request.POST.get("grams", "").strip()
    exact = read_grams(typed)
    kept: dict[str, object] = {"line_id": line_id, "typed": typed}
    try:
        done = weigh_line(
            seller=seller,
            line_id=line_id,
            weighed_g=int(exact.to_integral_value(ROUND_HALF_UP)),
            is_confirmed="sure" in request.POST,
            asked_by=request.user.get_username(),
            now=timezone.now(),
        )
    except UnknownOrder as refusal:
        raise Http404(_("Your shop has nothing to weigh here.")) from refusal
    except ImpossibleWeight:
        text = _("Write grams, like 640. Nothing was changed.")
        return _ask(request, seller, number, {**kept, "text": text})
    except OddWeight as odd:
        text = _(
            "You typed %(weighed)s g; we expected about %(estimated)s g. It would be worth "
            "%(price)s. Are those grams?"
        ) % {
            "weighed": typed,
            "estimated": odd.estimated_g,
            "price": format_cents(price_by_weight_cents(odd.line_cents, exact, odd.estimated_g)),
        }
        return _ask(request, seller, number, {**kept, "text": text, "may_confirm": True})
    if done.back_cents:
        back = format_cents(done.back_cents)
        messages.success(request, _("Weighed. %(back)s goes back to the buyer.") % {"back": back})
    else:
        messages.success(request, _("Weighed. The price stays as it was."))
    return HttpResponseRedirect(reverse("desk:order", args=[number]))


def read_grams(typed: str) -> Decimal:
    """Return grams as the scales show them, with a comma or a point; nothing when unreadable."""
    found = re.fullmatch(r"(\d{1,8})(?:[,.](\d{1,3}))?", typed)
    return Decimal(f"{found[1]}.{found[2] or 0}") if found else Decimal(0)


def _ask(
    request: HttpRequest, seller: SellerProfile, number: str, odd: dict[str, object]
) -> HttpResponse:
    """Show the order again with what was typed, and why it was not taken."""
    order = get_desk_order(seller, number=number, now=timezone.now())
    if order is None:
        raise Http404(_("Your shop has no order with this number."))
    context: dict[str, object] = {"order": order, "odd": odd}
    return at_desk(request, seller, "desk/order.html", context, status=422)
