"""Staff set, change and withdraw targets; everybody reads them on the agenda."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ketens.domain.monitor import SliceRefused
from ketens.domain.targets import Basis
from ketens.forms.steering import TargetForm
from ketens.operations.targets import TargetChanged, TargetRefused, set_target
from ketens.queries.steering.agenda import list_measure_choices, list_place_choices
from ketens.queries.steering.baseline_amounts import get_baseline_amount
from ketens.queries.targets import find_newest_version, list_versions
from ketens.views.steering.staff import staff_only
from ketens.views.steering.wording import CHANGED, explain

ASKED = ("measure", "place", "year")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def change(request: HttpRequest) -> HttpResponse:
    """Set a target, or change the one that ``?measure=&place=&year=`` names."""
    asked = {name: request.GET[name] for name in ASKED if name in request.GET}
    form = TargetForm(
        request.POST or None,
        initial=asked | {"seen": find_newest_version(**asked)},
        measures=list_measure_choices(),
        places=list_place_choices(),
    )
    if request.method == "POST" and form.is_valid() and write(request, form):
        messages.success(request, _("Written down. It stands on the agenda now."))
        return HttpResponseRedirect(reverse("monitor:agenda"))
    context = {"here": "agenda", "form": form, "versions": list_versions(**asked)}
    return render(request, "monitor/target.html", context, status=422 if form.errors else 200)


def write(request: HttpRequest, form: TargetForm) -> bool:
    """Write a target; False when it was refused, with the reason on the form."""
    cleaned = form.cleaned_data
    try:
        amount = find_amount(form)
        set_target(
            draft=form.draft(amount),
            seen_version=form.seen_version,
            user=request.user,
            now=timezone.now(),
        )
    except TargetRefused as refusal:
        form.add_error(None, explain(str(refusal)))
    except TargetChanged:
        form.add_error(None, CHANGED)
        wanted = {name: str(cleaned[name]) for name in ASKED}
        form.show_version(find_newest_version(**wanted))
    return not form.errors


def find_amount(form: TargetForm) -> Decimal | None:
    """Return what the baseline was, when a change is measured from it.

    :raises TargetRefused: when that is not known.
    """
    cleaned = form.cleaned_data
    if cleaned["basis"] != Basis.CHANGE or cleaned["baseline"] is None or cleaned["value"] is None:
        return None
    try:
        amount = get_baseline_amount(cleaned["measure"], cleaned["place"], cleaned["baseline"])
    except SliceRefused:
        amount = None
    if amount is None:
        raise TargetRefused("no_baseline_amount")
    return amount
