"""The agenda and its actions: everybody reads them, staff tell how they stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ketens.forms.steering import CountForm, NoteForm, StateForm
from ketens.models import AgendaAction, NoteSubject
from ketens.operations.agenda import StateChanged, StateRefused, count_by_hand, tell_state
from ketens.queries.notes import list_notes
from ketens.queries.steering.agenda import get_action, get_agenda, get_newest_count, list_states
from ketens.views.steering.staff import is_staff, staff_only
from ketens.views.steering.wording import CHANGED, COUNTED_BEFORE, explain


@require_safe
def show_agenda(request: HttpRequest) -> HttpResponse:
    """Show targets and actions with how they stand."""
    context = {"here": "agenda", "agenda": get_agenda(), "is_staff": is_staff(request)}
    return render(request, "monitor/agenda.html", context)


@require_safe
def show_action(request: HttpRequest, key: str) -> HttpResponse:
    """Show one action with everything that was told about it; staff get the forms."""
    row = get_object_or_404(AgendaAction, pk=key)
    return show(request, row, {})


@never_cache
@require_http_methods(["POST"])
@staff_only
def tell(request: HttpRequest, key: str) -> HttpResponse:
    """Take down how an action stands."""
    row = get_object_or_404(AgendaAction, pk=key)
    form = StateForm(request.POST)
    if form.is_valid():
        try:
            tell_state(
                action=row,
                draft=form.draft(),
                seen_version=form.seen_version,
                user=request.user,
                now=timezone.now(),
            )
        except StateRefused as refusal:
            form.add_error(None, explain(str(refusal)))
        except StateChanged:
            form.add_error(None, CHANGED)
            form.show_version(row.states.values_list("version", flat=True).first() or 0)
        else:
            messages.success(request, _("Written down. The earlier state stays readable."))
            return HttpResponseRedirect(reverse("monitor:action", args=[key]))
    return show(request, row, {"form": form}, status=422)


@never_cache
@require_POST
@staff_only
def count(request: HttpRequest, key: str) -> HttpResponse:
    """Take down a number that was counted by hand for an indicator of an action."""
    row = get_object_or_404(AgendaAction, pk=key)
    form = CountForm(request.POST)
    if form.is_valid():
        try:
            count_by_hand(
                draft=form.draft(),
                seen_version=form.seen_version,
                user=request.user,
                now=timezone.now(),
            )
        except StateRefused as refusal:
            form.add_error(None, explain(str(refusal)))
        except StateChanged:
            newest = get_newest_count(form.draft().indicator, form.draft().year)
            form.add_error(
                None, COUNTED_BEFORE % {"value": newest.value_text, "source": newest.source}
            )
            form.show_version(newest.version)
        else:
            messages.success(request, _("Written down."))
            return HttpResponseRedirect(reverse("monitor:action", args=[key]))
    return show(request, row, {"count_form": form}, status=422)


def show(
    request: HttpRequest, row: AgendaAction, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show an action; what staff write and read besides is for them only."""
    action = get_action(row)
    context: dict[str, Any] = {
        "here": "agenda",
        "action": action,
        "states": list_states(row.pk),
        "is_staff": is_staff(request),
    }
    if context["is_staff"]:
        state = action.state
        context |= {
            "form": StateForm(
                initial={
                    "seen": state.version if state else 0,
                    "status": state.status if state else "planned",
                    "owner": state.owner if state else "",
                    "evidence": state.evidence if state else "",
                    "evidence_address": state.evidence_address if state else "",
                }
            ),
            "count_form": None,
            "note_form": NoteForm(),
            "notes": list_notes(NoteSubject.ACTION, row.pk),
        }
        context |= more
    return render(request, "monitor/action.html", context, status=status)
