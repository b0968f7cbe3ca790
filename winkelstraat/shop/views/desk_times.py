"""When and how the shop sells: hours, holiday, rhythm, minimum and ways."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.shop.forms.order_times import OrderTimesForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.order_times import set_order_times
from winkelstraat.shop.queries.sellers import get_shop
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def times(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what holds now with what it means for who orders now, and change it."""
    now = timezone.now()
    if request.method == "GET":
        return _show(request, seller, OrderTimesForm(seller=seller, now=now))
    form = OrderTimesForm(request.POST, seller=seller, now=now)
    if not form.is_valid():
        return _show(request, seller, form, status=422)
    set_order_times(seller=seller, times=form.times(), now=now)
    messages.success(request, _("Kept. Buyers see it at once."))
    return HttpResponseRedirect(reverse("desk:times"))


def _show(
    request: HttpRequest, seller: SellerProfile, form: OrderTimesForm, *, status: int = 200
) -> HttpResponse:
    shop = get_shop(seller.slug, now=timezone.now())
    return at_desk(request, seller, "desk/times.html", {"form": form, "shop": shop}, status=status)
