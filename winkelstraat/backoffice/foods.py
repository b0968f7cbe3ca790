"""Staff say which food a product is; the names only propose."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ketens.models import Chain, MatchQuality
from ketens.operations.foods import Approval, NotAFood, approve_food
from ketens.queries.foods import UnmatchedProduct, list_unmatched

PERMISSION = "ketens.add_foodmatch"


@require_http_methods(["GET", "HEAD", "POST"])
def foods(request: HttpRequest) -> HttpResponse:
    """Show the products that wait for a food, and take a person's word on one of them."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    waiting = list_unmatched(on=timezone.localdate())
    if request.method == "POST":
        ref = request.POST.get("product", "")
        product = next((one for one in waiting if one.product_ref == ref), None)
        if product is None:
            messages.info(request, _("Somebody approved this already."))
        else:
            approve(request, product)
        return HttpResponseRedirect(reverse("backoffice_foods"))
    context = {
        "waiting": waiting,
        "qualities": MatchQuality.choices,
        "header_title": _("Foods of products"),
    }
    return render(request, "backoffice/foods.html", context)


def approve(request: HttpRequest, product: UnmatchedProduct) -> None:
    """Write the word, or say what does not fit in it."""
    chosen = request.POST.get("factor", "")
    quality = request.POST.get("quality", "")
    proposal = next((one for one in product.proposals if str(one.factor_id) == chosen), None)
    try:
        approve_food(
            chain=get_object_or_404(Chain, pk=product.chain_id),
            approval=Approval(
                product_ref=product.product_ref,
                product_name=product.name,
                database=product.database,
                quality=quality if proposal else MatchQuality.NONE.value,
                factor_id=proposal.factor_id if proposal else None,
                likeness_percent=proposal.likeness_percent if proposal else None,
            ),
            user=request.user,
            now=timezone.now(),
        )
    except (NotAFood, ValueError):
        messages.error(request, _("Choose a food and how well it fits, or that none fits."))
    else:
        messages.success(request, _("Noted, with your name."))
