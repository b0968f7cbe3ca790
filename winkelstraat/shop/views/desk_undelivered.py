"""What a shop cannot deliver: the money back, or a question to the buyer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from winkelstraat.common.money import format_cents
from winkelstraat.payments.operations import RefundRefused
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.forms.undelivered import MONEY_BACK, UndeliveredForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.undelivered import (
    Undelivered,
    give_undelivered_back,
    propose_substitution,
)
from winkelstraat.shop.queries.substitutes import UndeliveredLine, get_undelivered_line
from winkelstraat.shop.views.desk import at_desk, at_own_desk
from winkelstraat.shop.views.words import explain


@require_http_methods(["GET", "POST"])
@at_own_desk
def undelivered(
    request: HttpRequest, seller: SellerProfile, number: str, line_id: int
) -> HttpResponse:
    """Ask how many and what instead; then give back, or ask the buyer."""
    line = get_undelivered_line(seller, number=number, line_id=line_id, now=timezone.now())
    if line is None:
        raise Http404(_("Your shop has nothing to deliver here any more."))
    if request.method == "GET":
        return _ask(request, seller, line, UndeliveredForm(line=line))
    form = UndeliveredForm(request.POST, line=line)
    if not form.is_valid():
        return _ask(request, seller, line, form, status=422)
    try:
        messages.success(request, _do(request, seller, line, form))
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return _ask(request, seller, line, form, status=409)
    except RefundRefused:
        form.add_error(None, _("This can no longer be given back. Look at the order again."))
        return _ask(request, seller, line, form, status=409)
    return HttpResponseRedirect(reverse("desk:order", args=[number]))


def _do(
    request: HttpRequest, seller: SellerProfile, line: UndeliveredLine, form: UndeliveredForm
) -> str:
    """Carry out what was chosen; return what is said about it."""
    typed, now = form.cleaned_data, timezone.now()
    what = Undelivered(
        number=line.number,
        line_id=line.line_id,
        quantity=typed["quantity"],
        seen_cancelled=typed["seen_cancelled"],
        message=typed["message"],
        asked_by=request.user.get_username(),
    )
    if typed["instead"] == MONEY_BACK:
        cents = give_undelivered_back(seller=seller, what=what, now=now)
        text = _("%(amount)s goes back to the buyer. We mail it to him.")
        return text % {"amount": format_cents(cents)}
    listing_id = int(typed["instead"])
    asked = propose_substitution(seller=seller, what=what, listing_id=listing_id, now=now)
    text = _("We ask the buyer whether he wants %(title)s. You see his answer in the order.")
    return text % {"title": asked.title}


def _ask(
    request: HttpRequest,
    seller: SellerProfile,
    line: UndeliveredLine,
    form: UndeliveredForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"line": line, "form": form}
    return at_desk(request, seller, "desk/undelivered.html", context, status=status)
