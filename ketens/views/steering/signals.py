"""Signals and notes, for staff of the province and the platform only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ketens.forms.steering import NoteForm, StepForm
from ketens.models import NoteSubject, SignalStatus
from ketens.operations.notes import NoteRefused, write_note
from ketens.operations.signals import SignalRefused, move_signal
from ketens.queries.notes import list_newest_notes, list_notes
from ketens.queries.steering.signal_page import find_signal, get_signal_page
from ketens.queries.steering.signals import list_signals
from ketens.queries.steering.subjects import list_subjects, name_subject
from ketens.views.steering.staff import staff_only
from ketens.views.steering.wording import explain


@never_cache
@require_safe
@staff_only
def show_signals(request: HttpRequest) -> HttpResponse:
    """Show what stands out, the open ones first."""
    cards = list_signals()
    context = {
        "here": "signals",
        "open": [card for card in cards if not card.is_closed],
        "closed": [card for card in cards if card.is_closed],
    }
    return render(request, "monitor/signals.html", context)


@never_cache
@require_safe
@staff_only
def show_signal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one signal with the sum behind it."""
    return show(request, public_id, StepForm())


@never_cache
@require_POST
@staff_only
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take down that a signal was seen, noted or closed."""
    signal = find_signal(public_id)
    if signal is None:
        raise Http404
    form = StepForm(request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            move_signal(
                signal=signal,
                status=SignalStatus(cleaned["status"]),
                reason=cleaned["reason"],
                user=request.user,
                now=timezone.now(),
            )
        except SignalRefused as refusal:
            form.add_error(None, explain(str(refusal)))
        else:
            messages.success(request, _("Written down."))
            return HttpResponseRedirect(reverse("monitor:signal", args=[public_id]))
    return show(request, public_id, form, status=422)


def show(request: HttpRequest, public_id: UUID, form: StepForm, status: int = 200) -> HttpResponse:
    """Show a signal with its forms."""
    page = get_signal_page(public_id)
    if page is None:
        raise Http404
    context = {"here": "signals", "page": page, "form": form, "note_form": NoteForm()}
    return render(request, "monitor/signal.html", context, status=status)


@never_cache
@require_safe
@staff_only
def show_all_notes(request: HttpRequest) -> HttpResponse:
    """Show the newest notes, and what another may be written about."""
    context = {"here": "signals", "lines": list_newest_notes(), "kinds": list_subjects()}
    return render(request, "monitor/all_notes.html", context)


@never_cache
@require_safe
@staff_only
def show_notes(request: HttpRequest, subject: str, key: str) -> HttpResponse:
    """Show the notes about a figure, place, chain, signal or action, and take another."""
    return show_subject(request, subject, key, NoteForm())


@never_cache
@require_POST
@staff_only
def note(request: HttpRequest, subject: str, key: str) -> HttpResponse:
    """Write a note, and go back to where it was written."""
    if name_subject(subject, key) is None:
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(
                subject=NoteSubject(subject),
                subject_key=key,
                text=form.cleaned_data["text"],
                user=request.user,
                now=timezone.now(),
            )
        except NoteRefused as refusal:
            form.add_error("text", explain(str(refusal)))
        else:
            messages.success(request, _("Your note is kept."))
            return HttpResponseRedirect(find_way_back(request, subject, key))
    return show_subject(request, subject, key, form, status=422)


def show_subject(
    request: HttpRequest, subject: str, key: str, form: NoteForm, status: int = 200
) -> HttpResponse:
    """Show the notes about one thing."""
    name = name_subject(subject, key)
    if name is None:
        raise Http404
    context = {
        "here": "signals",
        "name": name,
        "subject": subject,
        "key": key,
        "notes": list_notes(NoteSubject(subject), key),
        "form": form,
    }
    return render(request, "monitor/notes.html", context, status=status)


def find_way_back(request: HttpRequest, subject: str, key: str) -> str:
    """Return the page that a note was written on; only one of our own."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return back
    return reverse("monitor:notes", args=[subject, key])
