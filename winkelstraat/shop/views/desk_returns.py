"""What buyers withdrew from, with the clock of the law beside it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.withdrawal_settling import RefundRefused, take_goods_back
from winkelstraat.shop.queries.returns import list_returns
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_GET
@at_own_desk
def returns(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what comes back, soonest first."""
    found = list_returns(seller, now=timezone.now())
    return at_desk(request, seller, "desk/returns.html", {"returns": found})


@require_POST
@at_own_desk
def goods_back(request: HttpRequest, seller: SellerProfile, withdrawal_id: int) -> HttpResponse:
    """Note that the goods are back, and pay."""
    try:
        cents = take_goods_back(
            seller=seller,
            withdrawal_id=withdrawal_id,
            asked_by=request.user.get_username(),
            now=timezone.now(),
        )
    except UnknownOrder as refusal:
        raise Http404(_("Your shop has no goods that come back here.")) from refusal
    except RefundRefused:
        text = _("The money cannot go back now: the buyer's bank looks at it. Try again later.")
        messages.error(request, text)
    else:
        text = _("%(amount)s goes back to the buyer. We mail it to him.")
        done = text % {"amount": format_cents(cents)} if cents else _("This was settled.")
        messages.success(request, done)
    return HttpResponseRedirect(reverse("desk:returns"))
