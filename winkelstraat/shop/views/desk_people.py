"""The owner says who works in the shop, and what they may do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dorpen.register.operations.people import (
    AlreadyThere,
    LastOwner,
    allow,
    dismiss,
    invite,
    withdraw_invitation,
)
from winkelstraat.common.limits import limit
from winkelstraat.shop.forms.people import InviteForm, RightsForm
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.people_mails import mail_invitation
from winkelstraat.shop.queries.people import list_people
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@limit("invite", most=20, seconds=3600)
@require_http_methods(["GET", "POST"])
@at_own_desk
def people(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show who works here and who was asked to; ask somebody."""
    if request.method == "GET":
        return _show(request, seller, InviteForm())
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, seller, form, status=422)
    now = timezone.now()
    try:
        invitation = invite(
            enterprise=seller.enterprise,
            email=form.cleaned_data["email"],
            allowed=form.allowed(),
            user=request.user,  # type: ignore[arg-type]
            now=now,
        )
    except AlreadyThere:
        form.add_error("email", _("Who has this address works here already."))
        return _show(request, seller, form, status=422)
    mail_invitation(invitation_id=invitation.pk, now=now)
    messages.success(request, _("We mailed an invitation to %(email)s.") % form.cleaned_data)
    return HttpResponseRedirect(reverse("desk:people"))


@require_POST
@at_own_desk
def person(request: HttpRequest, seller: SellerProfile, membership_id: int) -> HttpResponse:
    """Change what a helper may do, or let somebody go."""
    try:
        if "dismiss" in request.POST:
            known = dismiss(enterprise=seller.enterprise, membership_id=membership_id)
        else:
            form = RightsForm(request.POST)
            form.is_valid()
            known = allow(
                enterprise=seller.enterprise, membership_id=membership_id, allowed=form.allowed()
            )
    except LastOwner:
        messages.error(request, _("A shop keeps one owner. Ask the street to name another first."))
        return HttpResponseRedirect(reverse("desk:people"))
    if not known:
        raise Http404(_("Nobody like this works in your shop."))
    messages.success(request, _("Kept. It holds from now on."))
    return HttpResponseRedirect(reverse("desk:people"))


@require_POST
@at_own_desk
def withdraw(request: HttpRequest, seller: SellerProfile, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    if not withdraw_invitation(enterprise=seller.enterprise, invitation_id=invitation_id):
        raise Http404(_("Your shop has no such invitation."))
    messages.success(request, _("The invitation is taken back."))
    return HttpResponseRedirect(reverse("desk:people"))


def _show(
    request: HttpRequest, seller: SellerProfile, form: InviteForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "people": list_people(seller, now=timezone.now())}
    return at_desk(request, seller, "desk/people.html", context, status=status)
