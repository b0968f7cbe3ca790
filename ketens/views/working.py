"""Hours and obligations at the members' desk; for owners, since groups are no one else's."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorpen.register.models import Enterprise
from ketens.domain.social_return import BlockRefused
from ketens.domain.work import ImpossibleHours
from ketens.forms.work import HoursForm, StackForm, VerdictForm
from ketens.models import Block, Obligation
from ketens.operations.blocks import move_block, stack_block
from ketens.operations.hours import HoursDoubtful, MonthNotOver, NothingChanged, declare_hours
from ketens.queries.hours import get_hours
from ketens.queries.obligations import (
    find_obligation,
    find_placement,
    find_stacked,
    get_obligation,
    list_fitting_blocks,
    list_obligations,
    list_placements,
)
from ketens.views.counting import READ_OR_SEND
from ketens.views.members import at_desk, at_own_enterprise, for_owners
from ketens.views.refusals import explain_block

OWN_STEPS = ("claimed", "evidenced")


@READ_OR_SEND
@at_own_enterprise
@for_owners
def hours(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Take down the paid hours of a group in a month, and show what stands."""
    today = timezone.localdate()
    form = HoursForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_hours(
                employer=enterprise,
                declaration=form.declaration(),
                user=request.user,
                now=timezone.now(),
            )
        except HoursDoubtful:
            form.add_error(
                "sure", _("That is more than 60 hours a week. Tick this if it is right.")
            )
        except ImpossibleHours:
            form.add_error("hours", _("A month does not hold so many hours."))
        except MonthNotOver:
            form.add_error("month", _("This month has not begun."))
        except NothingChanged:
            form.add_error(None, _("This stands there already."))
        else:
            messages.success(request, _("Written down. Thank you."))
            return HttpResponseRedirect(reverse("chain_desk:hours"))
    context = {"form": form, "hours": get_hours(enterprise, today=today)}
    return at_desk(request, enterprise, "hours", context, status=422 if form.errors else 200)


@require_safe
@at_own_enterprise
@for_owners
def obligations(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Show what contracts ask of this enterprise, and how far it is."""
    context = {"obligations": list_obligations(enterprise.pk)}
    return at_desk(request, enterprise, "obligations", context)


@READ_OR_SEND
@at_own_enterprise
@for_owners
def obligation(request: HttpRequest, enterprise: Enterprise, public_id: UUID) -> HttpResponse:
    """Show one obligation, and lay a block on it."""
    view = get_obligation(public_id, enterprise.pk)
    if view is None:
        raise Http404(_("Your enterprise has no such contract."))
    blocks = list_fitting_blocks(view)
    form = StackForm(request.POST or None, blocks=blocks, placements=list_placements(enterprise.pk))
    if request.method == "POST" and form.is_valid():
        try:
            lay_block(request, enterprise, find_obligation(public_id), form)
        except BlockRefused as refusal:
            form.add_error(None, explain_block(str(refusal)))
        else:
            messages.success(request, _("The block is planned. Claim it when the work is done."))
            return HttpResponseRedirect(reverse("chain_desk:obligation", args=[public_id]))
    context = {"obligation": view, "form": form}
    return at_desk(request, enterprise, "obligation", context, status=422 if form.errors else 200)


@require_POST
@at_own_enterprise
@for_owners
def block_step(request: HttpRequest, enterprise: Enterprise, public_id: UUID) -> HttpResponse:
    """Claim a block, or say which evidence there is; the coordinator does the rest."""
    stacked = find_stacked(public_id, enterprise.pk)
    if stacked is None:
        raise Http404(_("Your enterprise has no such block."))
    form = VerdictForm(request.POST)
    if form.is_valid() and form.cleaned_data["status"] in OWN_STEPS:
        try:
            move_block(
                stacked=stacked, verdict=form.verdict(), user=request.user, now=timezone.now()
            )
        except BlockRefused as refusal:
            messages.error(request, explain_block(str(refusal)))
    else:
        messages.error(request, explain_block("no_such_step"))
    return HttpResponseRedirect(
        reverse("chain_desk:obligation", args=[stacked.obligation.public_id])
    )


def lay_block(
    request: HttpRequest, enterprise: Enterprise, held: Obligation, form: StackForm
) -> None:
    """Plan the block that a form describes, with a placement where one is named."""
    cleaned = form.cleaned_data
    block: Block = form.blocks[cleaned["block"]]
    placement = find_placement(cleaned["placement"], enterprise.pk)
    stack_block(
        obligation=held,
        block=block,
        plan=form.plan(),
        placement=placement,
        user=request.user,
        now=timezone.now(),
    )
