"""The Impactpad at the members' desk: write, look, publish, claim a level."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.content import read_pad
from ketens.forms.impactpad import LevelProofForm
from ketens.operations.claims import AlreadyDecided
from ketens.operations.impactpad import (
    NoSuchVersion,
    NotReady,
    publish_pad,
    restore_version,
    take_down_pad,
)
from ketens.operations.levels import LevelRefused, claim_level, withdraw_level
from ketens.queries.impactpad.desk import get_pad_desk
from ketens.queries.impactpad.pads import find_level_claim, find_version
from ketens.queries.impactpad.pages import get_preview
from ketens.queries.impactpad.telling import tell_pad
from ketens.queries.impactpad.words import say_fault, say_lack
from ketens.views.counting import READ_OR_SEND
from ketens.views.members import at_desk, at_own_enterprise, for_owners
from winkelstraat.common.downloads import give_file


@require_safe
@at_own_enterprise
def overview(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show the parts of the pad, the five levels, and what is missing."""
    desk = get_pad_desk(enterprise, today=timezone.localdate())
    return at_desk(request, enterprise, "impactpad", {"desk": desk})


@READ_OR_SEND
@at_own_enterprise
@for_owners
def preview(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show the page as the public would read it, and publish exactly that."""
    status = 200
    if request.method == "POST":
        try:
            publish_pad(
                enterprise=enterprise,
                number=read_number(request.POST.get("number")),
                user=request.user,
                now=timezone.now(),
            )
        except NoSuchVersion:
            messages.warning(request, _("Somebody changed something just now. Look once more."))
            status = 409
        except NotReady as refused:
            say_all(request, refused)
            status = 422
        else:
            messages.success(request, _("Your impact page is on the street."))
            return HttpResponseRedirect(reverse("chain_desk:impactpad"))
    page = get_preview(enterprise, today=timezone.localdate())
    if page is None:
        raise Http404(_("Your enterprise wrote nothing in its Impactpad yet."))
    return at_desk(request, enterprise, "impactpad_preview", {"page": page}, status=status)


@require_POST
@at_own_enterprise
@for_owners
def take_down(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Take the public page off the street."""
    take_down_pad(enterprise=enterprise, user=request.user, now=timezone.now())
    messages.success(request, _("Your page is off the street. What you wrote is still here."))
    return HttpResponseRedirect(reverse("chain_desk:impactpad"))


@READ_OR_SEND
@at_own_enterprise
def version(request: HttpRequest, enterprise: Enterprise, number: int) -> HttpResponse:
    """Show an earlier version, and put it back."""
    found = find_version(enterprise, number)
    if found is None:
        raise Http404(_("Your Impactpad has no such version."))
    if request.method == "POST":
        restore_version(enterprise=enterprise, number=number, user=request.user, now=timezone.now())
        messages.success(request, _("That version is back. What stood there since is kept."))
        return HttpResponseRedirect(reverse("chain_desk:impactpad"))
    context = {"version": found, "sections": tell_pad(read_pad(found.content))}
    return at_desk(request, enterprise, "impactpad_version", context)


@READ_OR_SEND
@at_own_enterprise
@for_owners
def level(request: HttpRequest, enterprise: Enterprise, number: int) -> HttpResponse:
    """Show what a level asks, and hand in its proof."""
    desk = get_pad_desk(enterprise, today=timezone.localdate())
    if not 1 <= number <= len(desk.levels):
        raise Http404(_("There are five levels."))
    form = LevelProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_level(
                enterprise=enterprise,
                level=number,
                proof=form.proof(),
                user=request.user,
                now=timezone.now(),
            )
        except LevelRefused as refused:
            for text in tell_all(refused):
                form.add_error(None, text)
        else:
            messages.success(request, _("Handed in. A reviewer looks at it first."))
            return HttpResponseRedirect(reverse("chain_desk:impactpad"))
    context = {"form": form, "level": desk.levels[number - 1]}
    refused_status = 422 if form.errors else 200
    return at_desk(request, enterprise, "impactpad_level", context, status=refused_status)


@require_POST
@at_own_enterprise
@for_owners
def withdraw(request: HttpRequest, enterprise: Enterprise, public_id: UUID) -> HttpResponse:
    """Take a claim on a level back."""
    claim = find_level_claim(public_id, enterprise)
    if claim is None:
        raise Http404(_("Your enterprise claims no such level."))
    try:
        withdraw_level(claim=claim, user=request.user, now=timezone.now())
    except AlreadyDecided:
        messages.info(request, _("This was taken back or refused already."))
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("chain_desk:impactpad"))


@require_safe
@at_own_enterprise
def proof(request: HttpRequest, enterprise: Enterprise, public_id: UUID) -> HttpResponse:
    """Give the own file behind a claim on a level."""
    claim = find_level_claim(public_id, enterprise)
    if claim is None or not claim.file:
        raise Http404(_("Your enterprise handed in no such file."))
    return give_file(bytes(claim.file), claim.file_name, claim.file_type)


def tell_all(refused: LevelRefused | NotReady) -> list[str]:
    """Return everything that is missing or may not be said, in words."""
    lacks = [say_lack(lack) for lack in refused.lacks]
    return lacks + [say_fault(fault) for fault in refused.faults]


def say_all(request: HttpRequest, refused: Any) -> None:
    """Tell everything that keeps a page from the street."""
    for text in tell_all(refused):
        messages.error(request, text)


def read_number(text: str | None) -> int:
    """Return a version's number; anything else is no version."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
