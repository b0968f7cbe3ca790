"""Take down leftovers, rounds and months at the members' desk; under a minute a week."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dorpen.register.models import Enterprise
from ketens.domain.batches import ImpossibleCount
from ketens.domain.transport import ImplausibleInput
from ketens.domain.work import months_later
from ketens.forms.counts import LeftoverForm, RoundForm
from ketens.operations.leftovers import LeftoverDoubtful, WeekNotBegun, count_leftover
from ketens.operations.measuring import TooFewRounds, measure_leg
from ketens.operations.months import AlreadyConfirmed, MonthStillRuns, confirm_month
from ketens.operations.rounds import FactorNotOfThatDay, RoundDoubtful, record_round
from ketens.queries.members import (
    find_own_leg,
    list_fuels,
    list_leftovers,
    list_members,
    list_own_legs,
    list_rounds,
    list_stops,
    list_things,
)
from ketens.queries.months import get_member_month
from ketens.views.members import at_desk, at_own_enterprise

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_SEND
@at_own_enterprise
def leftovers(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Take down what was left over, and show the newest counts."""
    members = list_members(enterprise)
    form = LeftoverForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        try:
            count_leftover(
                member=form.chosen(),
                leftover=form.leftover(),
                user=request.user,
                now=timezone.now(),
            )
        except LeftoverDoubtful:
            form.add_error("sure", _("That is a lot for one week. Tick this if it is right."))
        except WeekNotBegun:
            form.add_error("day", _("This day is still to come. Choose today or earlier."))
        except ImpossibleCount:
            form.add_error("kilos", _("That cannot be. Write the kilos, up to 50,000."))
        else:
            messages.success(request, _("Written down. Thank you."))
            return HttpResponseRedirect(reverse("chain_desk:leftovers"))
    context = {"form": form, "rows": list_leftovers(members), "things": list_things(members)}
    return at_desk(request, enterprise, "leftovers", context, status=422 if form.errors else 200)


@READ_OR_SEND
@at_own_enterprise
def rounds(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Take down a round with its fuel or power, and show the newest rounds."""
    members = list_members(enterprise)
    fuels = list_fuels(timezone.localdate())
    form = RoundForm(
        request.POST or None, members=members, factors=fuels, stops=list_stops(members)
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_round(
                carrier=form.chosen(), driven=form.driven(), user=request.user, now=timezone.now()
            )
        except RoundDoubtful:
            form.add_error("sure", _("That is much for this distance. Tick this if it is right."))
        except FactorNotOfThatDay:
            form.add_error("driven_on", _("We have no figure for this fuel on that day."))
        except ImplausibleInput:
            form.add_error(
                None,
                _("This round cannot be. Are the stops within the kilometres, and the day past?"),
            )
        else:
            messages.success(request, _("The round is written down and divided over its stops."))
            return HttpResponseRedirect(reverse("chain_desk:rounds"))
    context = {"form": form, "rows": list_rounds(members), "legs": list_own_legs(members)}
    return at_desk(request, enterprise, "rounds", context, status=422 if form.errors else 200)


@require_POST
@at_own_enterprise
def measure(request: HttpRequest, enterprise: Enterprise, leg_id: int) -> HttpResponse:
    """Let an own stretch count with what its rounds burned."""
    leg = find_own_leg(leg_id, list_members(enterprise))
    if leg is None:
        raise Http404(_("Your enterprise has no such stretch."))
    try:
        measure_leg(leg=leg, user=request.user, now=timezone.now())
    except TooFewRounds:
        messages.error(request, _("Write down four rounds on one fuel first."))
    else:
        messages.success(request, _("From now on this stretch counts with your own rounds."))
    return HttpResponseRedirect(reverse("chain_desk:rounds"))


@READ_OR_SEND
@at_own_enterprise
def month(request: HttpRequest, enterprise: Enterprise, day: str = "") -> HttpResponse:
    """Show what an enterprise did in a month, and let it say that this is right."""
    members = list_members(enterprise)
    first = parse_month(day) or months_later(timezone.localdate().replace(day=1), -1)
    if request.method == "POST":
        member = next((one for one in members if str(one.pk) == request.POST.get("member")), None)
        if member is None:
            raise Http404(_("Your enterprise has no such role in a chain."))
        try:
            confirm_month(member=member, month=first, user=request.user, now=timezone.now())
        except MonthStillRuns:
            messages.error(request, _("This month still runs. Confirm it when it is over."))
        except AlreadyConfirmed:
            messages.info(request, _("You confirmed this month before."))
        else:
            messages.success(request, _("Thank you. What comes in later shows as a difference."))
        return HttpResponseRedirect(reverse("chain_desk:month", args=[f"{first:%Y-%m}"]))
    context = {
        "month": first,
        "earlier": months_later(first, -1),
        "later": months_later(first, 1),
        "rows": [get_member_month(member, first) for member in members],
    }
    return at_desk(request, enterprise, "month", context)


def parse_month(text: str) -> date | None:
    """Read ``2026-10``; anything else is no month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
