"""A decision about the shop: what, why, from when, and what the shop says against it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.shop.forms.notices import ContestForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.notices import NotNow
from winkelstraat.shop.operations.suspensions import contest_suspension
from winkelstraat.shop.queries.suspensions import find_suspension
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def suspension(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the decision, and take once what its owner says against it."""
    form = ContestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contest_suspension(seller=seller, text=form.cleaned_data["text"], now=timezone.now())
        except NotNow:
            messages.error(request, _("This cannot be contested now, or the time is over."))
        else:
            messages.success(request, _("Somebody else looks at it now."))
        return HttpResponseRedirect(reverse("desk:suspension"))
    context: dict[str, object] = {"suspension": find_suspension(seller), "form": form}
    status = 422 if request.method == "POST" else 200
    return at_desk(request, seller, "desk/suspension.html", context, status=status)
