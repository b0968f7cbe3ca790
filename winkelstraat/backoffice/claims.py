"""Staff review claims: what the rules find, what proves it, and a reason that stays."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ketens.forms.claims import ReviewForm
from ketens.models import ClaimVersion
from ketens.operations.claims import (
    AlreadyDecided,
    ClaimBlocked,
    OwnClaim,
    approve_claim,
    refuse_claim,
    withdraw_claim,
)
from ketens.queries.claims import find_claim, list_claims
from winkelstraat.common.claims.wording import explain_claim

PERMISSION = "ketens.change_claim"


@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show the claims that wait, and below those that were decided."""
    refuse_others(request)
    today = timezone.localdate()
    waiting = list_claims(today=today, is_waiting=True)
    ids = {claim.public_id for claim in waiting}
    decided = [claim for claim in list_claims(today=today) if claim.public_id not in ids]
    context = {"waiting": waiting, "decided": decided, "header_title": _("Claims")}
    return render(request, "backoffice/claims.html", context)


@require_POST
def review(request: HttpRequest, version_id: int) -> HttpResponse:
    """Approve or refuse one wording."""
    refuse_others(request)
    version = ClaimVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise Http404
    form = ReviewForm(request.POST)
    if form.is_valid():
        decide(request, version, form)
    else:
        messages.error(request, _("Say why. The reason stays with the claim."))
    return HttpResponseRedirect(reverse("backoffice_claims"))


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a claim from the street at once."""
    refuse_others(request)
    claim = find_claim(public_id)
    if claim is None:
        raise Http404
    reason = request.POST.get("reason", "").strip()[:300]
    try:
        withdraw_claim(claim=claim, reason=reason, user=request.user, now=timezone.now())
    except AlreadyDecided:
        messages.info(request, _("This was not on the street."))
    return HttpResponseRedirect(reverse("backoffice_claims"))


def decide(request: HttpRequest, version: ClaimVersion, form: ReviewForm) -> None:
    """Take the reviewer's decision, or say why it cannot be taken."""
    cleaned = form.cleaned_data
    said = {"reason": cleaned["reason"], "user": request.user, "now": timezone.now()}
    try:
        if cleaned["decision"] == "approve":
            approve_claim(version=version, accepted_rules=cleaned["accepted"], **said)
        else:
            refuse_claim(version=version, **said)
    except ClaimBlocked as blocked:
        why = " ".join(explain_claim(one.rule, one.words) for one in blocked.findings)
        messages.error(request, _("It cannot stand: %(why)s") % {"why": why})
    except AlreadyDecided:
        messages.error(request, _("This was decided already, or other words wait."))
    except OwnClaim:
        messages.error(request, _("You proposed this yourself. Let somebody else decide."))
    else:
        messages.success(request, _("Noted, with your name and reason."))


def refuse_others(request: HttpRequest) -> None:
    """Let only those in who may review claims.

    :raises PermissionDenied: for everybody else.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
