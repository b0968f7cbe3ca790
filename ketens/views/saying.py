"""What an enterprise wants to say of itself and its goods, at the members' desk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorpen.register.models import Enterprise
from ketens.forms.claims import ClaimForm
from ketens.operations.claims import AlreadyDecided, propose_claim, withdraw_claim
from ketens.queries.claims import find_claim, list_claims
from ketens.queries.product_names import list_product_names
from ketens.views.counting import READ_OR_SEND
from ketens.views.members import at_desk, at_own_enterprise


@READ_OR_SEND
@at_own_enterprise
def claims(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show what an enterprise says, and take down what it wants to say."""
    today = timezone.localdate()
    form = ClaimForm(request.POST or None, products=list_product_names(enterprise.pk))
    if request.method == "POST" and form.is_valid():
        version = propose_claim(
            enterprise=enterprise,
            matter=form.matter(),
            wording=form.wording(),
            user=request.user,
            now=timezone.now(),
        )
        if version.findings:
            messages.warning(
                request,
                _("Written down. The rules find something in it: read below what it needs."),
            )
        else:
            messages.success(request, _("Written down. A reviewer looks at it first."))
        return HttpResponseRedirect(reverse("chain_desk:claims"))
    context = {"form": form, "claims": list_claims(today=today, enterprise_id=enterprise.pk)}
    return at_desk(request, enterprise, "claims", context, status=422 if form.errors else 200)


@require_POST
@at_own_enterprise
def withdraw(request: HttpRequest, enterprise: Enterprise, public_id: UUID) -> HttpResponse:
    """Take an own claim from the street, at once."""
    claim = find_claim(public_id, enterprise_id=enterprise.pk)
    if claim is None:
        raise Http404(_("Your enterprise says no such thing."))
    try:
        withdraw_claim(
            claim=claim, reason=_("by the enterprise"), user=request.user, now=timezone.now()
        )
    except AlreadyDecided:
        messages.info(request, _("This was not on the street."))
    else:
        messages.success(request, _("It is off the street."))
    return HttpResponseRedirect(reverse("chain_desk:claims"))
