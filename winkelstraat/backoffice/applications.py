"""Staff check who wants to sell on the street (DSA art. 30)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorpen.register.operations import CannotVerify
from winkelstraat.shop.forms.joining import JoiningForm
from winkelstraat.shop.models import Application, ApplicationStatus
from winkelstraat.shop.operations.joining import (
    HasOwner,
    NotYours,
    look_at_applications,
    look_at_extract,
    send_back,
    verify,
)
from winkelstraat.shop.operations.joining_mails import mail_decision
from winkelstraat.shop.queries.joining import list_applications

PERMISSION = "shop.change_application"


@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show the shops that wait, the longest first, and those that were decided last."""
    refuse_others(request)
    waiting = look_at_applications(user=request.user)  # type: ignore[arg-type]
    context = {
        "waiting": [(one, tell(one)) for one in waiting],
        "returned": list_applications(status=ApplicationStatus.RETURNED),
        "verified": list_applications(status=ApplicationStatus.VERIFIED),
        "header_title": _("New shops"),
    }
    return render(request, "backoffice/applications.html", context)


@require_POST
def decide(request: HttpRequest, application_id: int) -> HttpResponse:
    """Let a shop in, or send it back with a question; the applicant gets a mail."""
    refuse_others(request)
    reason, now = request.POST.get("reason", "").strip()[:500], timezone.now()
    back = HttpResponseRedirect(reverse("backoffice_applications"))
    try:
        if request.POST.get("decision") == "verify":
            verify(application_id=application_id, user=request.user, now=now)  # type: ignore[arg-type]
        elif reason:
            send_back(
                application_id=application_id,
                reason=reason,
                user=request.user,  # type: ignore[arg-type]
                now=now,
            )
        else:
            messages.error(request, _("Say what must be mended. The applicant reads it."))
            return back
    except NotYours:
        messages.error(request, _("This was decided already, or it is your own."))
    except HasOwner:
        messages.error(request, _("This enterprise got an owner meanwhile."))
    except CannotVerify as problem:
        messages.error(request, str(problem))
    else:
        mail_decision(application_id=application_id)
        messages.success(request, _("Noted, with your name. The applicant gets a mail."))
    return back


@require_safe
def extract(request: HttpRequest, application_id: int) -> HttpResponse:
    """Give the proof as a file to keep; it is never shown inside the page."""
    refuse_others(request)
    found = look_at_extract(application_id=application_id, user=request.user)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    content, name, kind = found
    response = HttpResponse(content, content_type=kind)
    safe = "".join(sign for sign in name if sign.isalnum() or sign in "._-") or "uittreksel"
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def tell(application: Application) -> list[tuple[str, str]]:
    """Return what was filled in with the names of its fields."""
    labels = {name: str(field.label) for name, field in JoiningForm().fields.items()}
    rows = [
        (labels[name], str(application.fields[name]))
        for name in labels
        if application.fields.get(name)
    ]
    return [*rows, (labels["iban"], f"… {application.iban_last_four}")]


def refuse_others(request: HttpRequest) -> None:
    """Let only those in who may check shops.

    :raises PermissionDenied: for everybody else.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
