"""Staff begin to look along with a person, with a reason that he reads afterwards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from winkelstraat.accounts.domain.looking import MayNotLookAlong, ReasonTooShort
from winkelstraat.accounts.middleware.looking import SESSION_KEY
from winkelstraat.accounts.operations.looking import begin_looking
from winkelstraat.accounts.queries.looking import PERMISSION, list_lookings


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask with whom and why, and begin; below stands who did before."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    if request.method == "POST" and begin(request):
        return HttpResponseRedirect("/")
    context = {
        "typed": request.POST,
        "past": list_lookings(),
        "header_title": _("Look along"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "backoffice/looking.html", context, status=status)


def begin(request: HttpRequest) -> bool:
    """Begin, or say what is not right and return False."""
    try:
        looking = begin_looking(
            staff=request.user,  # type: ignore[arg-type]
            email=request.POST.get("email", ""),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
    except ReasonTooShort:
        messages.error(request, _("Say why, in a sentence. The person reads it afterwards."))
        return False
    except MayNotLookAlong:
        messages.error(
            request,
            _("You cannot look along with this person. Staff never can. Check the address."),
        )
        return False
    request.session[SESSION_KEY] = looking.pk
    return True
