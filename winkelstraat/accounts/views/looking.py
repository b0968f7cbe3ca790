"""Stop looking along with a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from winkelstraat.accounts.middleware.looking import SESSION_KEY
from winkelstraat.accounts.operations.looking import end_looking
from winkelstraat.accounts.permissions import sign_in_required


@require_POST
@sign_in_required
def stop(request: HttpRequest) -> HttpResponse:
    """End it, and go back to the back office."""
    looking_id = request.session.pop(SESSION_KEY, None)
    if looking_id:
        end_looking(looking_id=looking_id, now=timezone.now())
        messages.success(request, _("You stopped looking along. The person gets a mail about it."))
    return HttpResponseRedirect(reverse("wagtailadmin_home"))
