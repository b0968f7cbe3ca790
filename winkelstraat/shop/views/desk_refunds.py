"""Give a buyer money back from the desk: choose, see the amount, confirm."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.common.money import format_cents
from winkelstraat.payments.operations import RefundRefused, RefundWish, refund
from winkelstraat.payments.queries import preview_refund
from winkelstraat.shop.forms.refunds import GiveBackForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.queries.refunds import Givable, get_givable
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def give_back(request: HttpRequest, seller: SellerProfile, number: str) -> HttpResponse:
    """Show what can be given back, then the amount, then do it once."""
    order = get_givable(seller, number=number, now=timezone.now())
    if order is None:
        raise Http404(_("Your shop has no paid order with this number."))
    if request.method == "GET":
        form = GiveBackForm(order=order, initial={"key": uuid4().hex})
        return _ask(request, seller, order, form)
    form = GiveBackForm(request.POST, order=order)
    if not form.is_valid():
        return _ask(request, seller, order, form, status=422)
    wish = _wish(request, order, form)
    try:
        if not form.cleaned_data["sure"]:
            return _ask(request, seller, order, form, preview=preview_refund(wish))
        done = refund(wish=wish, now=timezone.now())
    except RefundRefused:
        form.add_error(None, _("This can no longer be given back. Look at the numbers again."))
        return _ask(request, seller, order, form, status=409)
    text = _("%(amount)s goes back to the buyer. We mail it to him.")
    messages.success(request, text % {"amount": format_cents(done.amount_cents)})
    return HttpResponseRedirect(reverse("desk:order", args=[number]))


def _wish(request: HttpRequest, order: Givable, form: GiveBackForm) -> RefundWish:
    """Return the wish; its key holds the order, so that nobody reuses another's."""
    units = form.units()
    return RefundWish(
        payment_id=order.payment_id,
        key=f"desk:{order.number}:{form.cleaned_data['key']}",
        reason=form.cleaned_data["reason"],
        asked_by=request.user.get_username(),
        units={order.number: units} if units else {},
        amounts={} if units else {order.number: form.cleaned_data["amount"]},
    )


def _ask(
    request: HttpRequest,
    seller: SellerProfile,
    order: Givable,
    form: GiveBackForm,
    *,
    preview: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"order": order, "form": form, "preview": preview}
    return at_desk(request, seller, "desk/give_back.html", context, status=status)
