"""The coordinator of social return: what waits for a word, contracts, and what blocks count."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.social_return import BlockRefused
from ketens.forms.work import FillForm, ObligationForm, RegionForm, VerdictForm
from ketens.models import Block, EvidenceKind, Region
from ketens.operations.blocks import (
    close_obligation,
    fill_block,
    fill_region,
    move_block,
    open_obligation,
)
from ketens.operations.seeing import note_people_seen
from ketens.queries.obligations import (
    find_obligation,
    find_stacked,
    list_obligations,
    list_regions,
    list_waiting,
)
from ketens.views.counting import READ_OR_SEND
from ketens.views.refusals import explain_block
from winkelstraat.accounts.models import Role
from winkelstraat.accounts.permissions import require_role

coordinator = require_role(Role.SOCIAL_RETURN_COORDINATOR)


@never_cache
@require_safe
@coordinator
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the blocks that wait for a word, and every contract."""
    note_people_seen(about="social_return", user=request.user)
    context = {
        "waiting": list_waiting(),
        "obligations": list_obligations(),
        "evidence_kinds": EvidenceKind.choices,
    }
    return render(request, "social_return/waiting.html", context)


@never_cache
@require_POST
@coordinator
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept or reject a block, or note which evidence was seen."""
    stacked = find_stacked(public_id)
    if stacked is None:
        raise Http404
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.error(request, explain_block("no_such_step"))
        return HttpResponseRedirect(reverse("social_return:waiting"))
    try:
        move_block(stacked=stacked, verdict=form.verdict(), user=request.user, now=timezone.now())
    except BlockRefused as refusal:
        messages.error(request, explain_block(str(refusal)))
    else:
        messages.success(request, _("Noted."))
    return HttpResponseRedirect(reverse("social_return:waiting"))


@never_cache
@READ_OR_SEND
@coordinator
def new_obligation(request: HttpRequest) -> HttpResponse:
    """Write down what a contract asks."""
    verified = Enterprise.objects.filter(status=EnterpriseStatus.VERIFIED).order_by("trade_name")
    regions = Region.objects.filter(is_example=False)
    form = ObligationForm(
        request.POST or None,
        contractors=list(verified.values_list("pk", "trade_name")),
        regions=list(regions.values_list("pk", "title")),
    )
    if request.method == "POST" and form.is_valid():
        open_obligation(
            contractor=Enterprise.objects.get(pk=form.cleaned_data["contractor"]),
            region=Region.objects.get(pk=form.cleaned_data["region"]),
            contract=form.contract(),
            user=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The contract is written down."))
        return HttpResponseRedirect(reverse("social_return:waiting"))
    status = 422 if form.errors else 200
    return render(request, "social_return/new_obligation.html", {"form": form}, status=status)


@never_cache
@require_POST
@coordinator
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a contract; its placements are forgotten two years later."""
    close_obligation(obligation=find_obligation(public_id), day=timezone.localdate())
    messages.success(request, _("The contract is closed."))
    return HttpResponseRedirect(reverse("social_return:waiting"))


@never_cache
@READ_OR_SEND
@coordinator
def blocks(request: HttpRequest) -> HttpResponse:
    """Show what every block counts for, and fill in one of a region of our own."""
    if request.method == "POST":
        try:
            fill_in(request)
        except BlockRefused as refusal:
            messages.error(request, explain_block(str(refusal)))
        else:
            messages.success(request, _("Filled in. It counts from now on."))
        return HttpResponseRedirect(reverse("social_return:blocks"))
    return render(request, "social_return/blocks.html", {"regions": list_regions()})


def fill_in(request: HttpRequest) -> None:
    """Fill in a block's amount or a region's full-time hours.

    :raises BlockRefused: when it is no number, has no source, or was filled in before.
    """
    hours = RegionForm(request.POST)
    if hours.is_valid():
        region = get_object_or_404(Region, pk=hours.cleaned_data["region"], is_example=False)
        fill_region(region=region, full_time_hours=hours.cleaned_data["full_time_hours"])
        return
    form = FillForm(request.POST)
    if not form.is_valid():
        raise BlockRefused("no_source")
    cleaned = form.cleaned_data
    block = get_object_or_404(Block, pk=cleaned["block"], region__is_example=False)
    cents = round(cleaned["euros"] * 100)
    fill_block(block=block, cents=cents, source=cleaned["source"], user=request.user)
