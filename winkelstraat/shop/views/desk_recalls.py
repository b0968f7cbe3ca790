"""Call goods back from the desk: fill in, see how many buyers, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.shop.forms.notices import RecallForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.recalls import start_recall
from winkelstraat.shop.queries.recalls import list_buyers, list_recallable, list_recalls
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def recalls(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what was called back; call something back after the number was seen."""
    goods = list_recallable(seller)
    form = RecallForm(request.POST or None, goods=goods)
    if request.method == "GET":
        return _show(request, seller, form)
    if not form.is_valid():
        return _show(request, seller, form, status=422)
    draft = form.draft()
    if not form.cleaned_data["sure"]:
        return _show(request, seller, form, buyers=len(list_buyers(seller, draft)))
    start_recall(seller=seller, draft=draft, user_id=int(request.user.pk or 0), now=timezone.now())
    messages.success(request, _("Called back. We mail the buyers now; it is off the street."))
    return HttpResponseRedirect(reverse("desk:recalls"))


def _show(
    request: HttpRequest,
    seller: SellerProfile,
    form: RecallForm,
    *,
    buyers: int | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "buyers": buyers,
        "recalls": list_recalls(now=timezone.now(), seller=seller),
    }
    return at_desk(request, seller, "desk/recalls.html", context, status=status)
