"""The baseline at the monitor: shown to anybody, frozen by staff."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from ketens.forms.profiles import BaselineForm
from ketens.operations.baselines import (
    Basis,
    DaysReversed,
    NothingToFreeze,
    ReasonMissing,
    TitleTaken,
    freeze_baseline,
)
from ketens.queries.baseline_pages import find_round, get_baseline_page, list_rounds
from ketens.queries.profiles.access import sees_live
from ketens.views.counting import READ_OR_SEND
from ketens.views.profiles import for_staff


@require_safe
@vary_on_cookie
def baseline(request: HttpRequest, baseline_id: int | None = None) -> HttpResponse:
    """Show a baseline with its digest, what it was made of, and the comparison."""
    is_staff = sees_live(request.user)
    page = get_baseline_page(
        today=timezone.localdate(), baseline_id=baseline_id, sees_exact=is_staff
    )
    if page is None and baseline_id is not None:
        raise Http404
    context = {"page": page, "is_staff": is_staff, "here": "baseline"}
    response = render(request, "ketens/baseline.html", context)
    if is_staff:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@READ_OR_SEND
@for_staff
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze a baseline; a second one needs a reason, and the first one stays."""
    form = BaselineForm(request.POST or None, rounds=list_rounds())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            row = freeze_baseline(
                title=cleaned["title"],
                first_day=cleaned["first_day"],
                last_day=cleaned["last_day"],
                user=request.user,
                now=timezone.now(),
                basis=Basis(find_round(cleaned["round"]), cleaned["reason"]),
            )
        except DaysReversed:
            form.add_error("last_day", _("Choose a last day after the first, and not after today."))
        except NothingToFreeze:
            form.add_error(None, _("Nothing was booked in these days. Choose other days."))
        except ReasonMissing:
            form.add_error("reason", _("There is a baseline already. Say why a new one is needed."))
        except TitleTaken:
            form.add_error("title", _("A baseline has this name. Choose another one."))
        else:
            messages.success(request, _("The baseline is frozen. Nobody can change it any more."))
            return HttpResponseRedirect(reverse("monitor:baseline_of", args=[row.pk]))
    status = 422 if form.errors else 200
    return render(
        request, "ketens/baseline_freeze.html", {"form": form, "here": "baseline"}, status=status
    )
