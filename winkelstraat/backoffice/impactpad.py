"""Staff review levels of the Impactpad: the proof, the page, and a reason that stays."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ketens.models import LevelClaim
from ketens.operations.claims import AlreadyDecided, ReasonMissing
from ketens.operations.levels import LevelRefused, OwnLevel, refuse_level, review_level
from ketens.queries.impactpad.pads import find_level_claim
from ketens.queries.impactpad.pages import get_preview
from ketens.queries.impactpad.review import list_decided_levels, list_waiting_levels
from ketens.queries.impactpad.words import say_fault, say_lack
from winkelstraat.common.downloads import give_file

PERMISSION = "ketens.change_levelclaim"


@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show the levels that wait, the longest first, and those that were decided."""
    refuse_others(request)
    context = {
        "waiting": list_waiting_levels(today=timezone.localdate()),
        "decided": list_decided_levels(),
        "header_title": _("Impactpad"),
    }
    return render(request, "backoffice/impactpad.html", context)


@require_POST
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a level stand or refuse it."""
    claim = find(request, public_id)
    said: dict[str, Any] = {
        "reason": request.POST.get("reason", "").strip()[:300],
        "user": request.user,
        "now": timezone.now(),
    }
    try:
        if request.POST.get("decision") == "review":
            review_level(claim=claim, signs_ratio="ratio" in request.POST, **said)
        else:
            refuse_level(claim=claim, **said)
    except ReasonMissing:
        messages.error(request, _("Say why. The reason stays with the level."))
    except LevelRefused as refused:
        told = [say_lack(lack) for lack in refused.lacks]
        told += [say_fault(fault) for fault in refused.faults]
        messages.error(request, _("It cannot stand: %(why)s") % {"why": " ".join(told)})
    except AlreadyDecided:
        messages.error(request, _("This was decided already, or taken back."))
    except OwnLevel:
        messages.error(request, _("You work there or wrote it yourself. Let somebody else decide."))
    else:
        messages.success(request, _("Noted, with your name and reason."))
    return HttpResponseRedirect(reverse("backoffice_levels"))


@require_safe
def show_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the whole pad as the public would read it today."""
    claim = find(request, public_id)
    page = get_preview(claim.pad.enterprise, today=timezone.localdate())
    return render(request, "ketens/impact_review.html", {"page": page})


@require_safe
def proof(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the file behind a level to keep; it is never shown inside the page."""
    claim = find(request, public_id)
    if not claim.file:
        raise Http404
    return give_file(bytes(claim.file), claim.file_name, claim.file_type)


def find(request: HttpRequest, public_id: UUID) -> LevelClaim:
    """Return a claim on a level, for those who may review it.

    :raises PermissionDenied: for everybody else.
    :raises Http404: when there is none.
    """
    refuse_others(request)
    claim = find_level_claim(public_id)
    if claim is None:
        raise Http404
    return claim


def refuse_others(request: HttpRequest) -> None:
    """Let only those in who may review levels.

    :raises PermissionDenied: for everybody else.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
