"""Come to work in a shop that asked you to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorpen.register.operations.people import InvitationOver, accept_invitation
from winkelstraat.accounts.permissions import sign_in_required
from winkelstraat.common.limits import limit


@never_cache
@limit("invitation", most=30, seconds=600)
@sign_in_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to join, and join; opening the link alone changes nothing."""
    if request.method == "GET":
        return render(request, "desk/invitation.html", {"email": request.user.get_username()})
    try:
        place = accept_invitation(token=token, user=request.user, now=timezone.now())  # type: ignore[arg-type]
    except InvitationOver:
        context = {"email": request.user.get_username(), "is_over": True}
        return render(request, "desk/invitation.html", context, status=410)
    messages.success(request, _("You work at %(shop)s now.") % {"shop": place.enterprise})
    return HttpResponseRedirect(reverse("desk:today"))
