"""The buyer says yes or no to something else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from winkelstraat.common.limits import limit
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.operations.undelivered import answer_substitution
from winkelstraat.shop.views.orders import get_own_purchase
from winkelstraat.shop.views.words import explain


@never_cache
@limit("order_answer", most=20, seconds=600)
@require_POST
def answer(request: HttpRequest, number: str, substitution_id: int) -> HttpResponse:
    """Write the answer of the order's own buyer down."""
    purchase = get_own_purchase(request, number)
    is_wanted = request.POST.get("answer") == "yes"
    try:
        told = answer_substitution(
            purchase_id=purchase.pk,
            substitution_id=substitution_id,
            is_wanted=is_wanted,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, explain(refusal))
    else:
        yes = _("Good, the shop packs %(title)s for you.") % {"title": told.title}
        messages.success(request, yes if is_wanted else _("Good, you get your money back."))
    return HttpResponseRedirect(reverse("shop:order", args=[purchase.number]))
