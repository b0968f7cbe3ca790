"""The profile and the movement at the monitor: releases for anybody, live for staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from ketens.forms.profiles import LastDayForm, RoundForm
from ketens.operations.profile_rounds import (
    RoundInThePast,
    RoundsOverlap,
    move_last_day,
    open_round,
)
from ketens.operations.questionnaires import load_shipped
from ketens.queries.profiles.access import sees_live
from ketens.queries.profiles.live import get_live_profile
from ketens.queries.profiles.movement import get_exact_movement, get_moves, get_released_movement
from ketens.queries.profiles.questions import list_shipped
from ketens.queries.profiles.released import get_released_profile
from ketens.queries.profiles.rounds import find_round, list_rounds
from ketens.views.counting import READ_OR_SEND
from winkelstraat.accounts.permissions import second_factor_required

View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Show a page to staff of province and street; a guest signs in, others see none (404)."""

    @never_cache
    @second_factor_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_live(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@vary_on_cookie
def profile(request: HttpRequest) -> HttpResponse:
    """Show the profile: as it was released, and to staff as it is."""
    if not sees_live(request.user):
        return render(
            request, "ketens/profile.html", {"profile": get_released_profile(), "here": "profile"}
        )
    page = request.GET.get("pagina", "")
    live = get_live_profile(
        today=timezone.localdate(),
        municipality=request.GET.get("gemeente", ""),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    return _private(render(request, "ketens/profile_live.html", {"live": live, "here": "profile"}))


@require_safe
@vary_on_cookie
def movement(request: HttpRequest) -> HttpResponse:
    """Show the movement over time; staff sees who moved in a quarter, and why."""
    if not sees_live(request.user):
        return render(
            request,
            "ketens/movement.html",
            {"movement": get_released_movement(), "here": "movement"},
        )
    context = {
        "movement": get_exact_movement(),
        "moves": get_moves(request.GET.get("kwartaal", "")),
        "here": "movement",
    }
    return _private(render(request, "ketens/movement.html", context))


@READ_OR_SEND
@for_staff
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds, and open a new one."""
    versions = [int(one["version"]) for one in list_shipped()]
    form = RoundForm(request.POST or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            open_round(
                title=form.cleaned_data["title"],
                days=form.days(),
                questionnaire=load_shipped(now=now, version=form.cleaned_data["version"]),
                user=request.user,
                now=now,
            )
        except RoundInThePast:
            form.add_error("last_day", _("The last day is over. Choose today or later."))
        except RoundsOverlap:
            form.add_error(
                None, _("Another round runs in these days, or has this name. Choose others.")
            )
        else:
            messages.success(request, _("The round is open. The mails leave from its first day."))
            return HttpResponseRedirect(reverse("monitor:profile_rounds"))
    context = {"form": form, "rounds": list_rounds(today=timezone.localdate()), "here": "profile"}
    status = 422 if form.errors else 200
    return render(request, "ketens/profile_rounds.html", context, status=status)


@require_POST
@for_staff
def move_round(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a round run longer or end sooner."""
    found = find_round(public_id)
    if found is None:
        raise Http404
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day for the end of the round."))
    else:
        try:
            move_last_day(
                profile_round=found, last_day=form.cleaned_data["last_day"], now=timezone.now()
            )
        except RoundInThePast:
            messages.error(
                request, _("A round ends today or later, and one that is over stays so.")
            )
        except RoundsOverlap:
            messages.error(request, _("Then it would run into another round."))
        else:
            messages.success(request, _("The last day has moved."))
    return HttpResponseRedirect(reverse("monitor:profile_rounds"))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep what staff sees out of every cache."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
