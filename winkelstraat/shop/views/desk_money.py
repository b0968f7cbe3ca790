"""The shop's money: what comes, what is held and why, and the way to be paid."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dorpen.register.queries.enterprises import get_membership_role
from winkelstraat.payments.operations import GatewayError, begin_onboarding, refresh_shop
from winkelstraat.payments.queries import get_money_desk
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.kor import end_kor
from winkelstraat.shop.queries.kor import get_kor_desk
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_GET
@at_own_desk
def money(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the shop's money."""
    context: dict[str, object] = {
        "money": get_money_desk(seller.enterprise_id, now=timezone.now()),
        "is_owner": _is_owner(request, seller),
        "kor": get_kor_desk(seller, day=timezone.localdate()),
    }
    return at_desk(request, seller, "desk/money.html", context)


@require_http_methods(["GET", "POST"])
@at_own_desk
def be_paid(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Send the owner to the provider's page; a link that grew old leads here for a fresh one."""
    if not _is_owner(request, seller):
        raise Http404(_("Only the owner of the shop arranges how it is paid."))
    try:
        link = begin_onboarding(
            enterprise_id=seller.enterprise_id,
            refresh_url=reverse("desk:be_paid"),
            return_url=reverse("desk:paid_back"),
            now=timezone.now(),
        )
    except GatewayError:
        text = _("The payment service does not answer now. Try it again in a few minutes.")
        messages.error(request, text)
        return HttpResponseRedirect(reverse("desk:money"))
    response = HttpResponseRedirect(link)
    response.status_code = 303
    return response


@require_GET
@at_own_desk
def paid_back(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Receive the owner who comes back, and look what the provider knows now."""
    with suppress(GatewayError):
        refresh_shop(enterprise_id=seller.enterprise_id, now=timezone.now())
    return HttpResponseRedirect(reverse("desk:money"))


@require_POST
@at_own_desk
def kor_end(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Charge VAT from today on."""
    if not _is_owner(request, seller):
        raise Http404(_("Only the owner of the shop decides about VAT."))
    if end_kor(seller=seller, today=timezone.localdate()):
        messages.success(
            request, _("From today your sales bear VAT. Your prices stay as they are.")
        )
    return HttpResponseRedirect(reverse("desk:money"))


def _is_owner(request: HttpRequest, seller: SellerProfile) -> bool:
    role = get_membership_role(user=request.user, enterprise_id=seller.enterprise_id)
    return role == "owner"
