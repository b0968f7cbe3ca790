"""What a note may be about, and what that is called; nothing else takes a note."""

from uuid import UUID

from django.utils.translation import gettext as _

from dorpen.register.models import Municipality, Village
from ketens.domain.monitor import MEASURES
from ketens.domain.targets import PROVINCE
from ketens.models import AgendaAction, Chain, NoteSubject
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.steering.signal_page import find_signal
from ketens.queries.steering.signals import list_names, say_signal

MOST_CHARACTERS = 120


def name_subject(subject: str, key: str) -> str | None:
    """Return what a subject is called, or None when there is no such thing.

    A figure is named ``measure`` or ``measure@place``, a place by its code or slug, a chain
    by its slug, a signal by its public id, an action by its key.
    """
    if subject not in NoteSubject.values or len(key) > MOST_CHARACTERS:
        return None
    return {
        NoteSubject.FIGURE: name_figure,
        NoteSubject.PLACE: name_place,
        NoteSubject.CHAIN: name_chain,
        NoteSubject.SIGNAL: name_signal,
        NoteSubject.ACTION: name_action,
    }[NoteSubject(subject)](key)


def name_figure(key: str) -> str | None:
    """Return the name of a measure, with its place when it has one."""
    code, _at, place = key.partition("@")
    measure = MEASURES.get(code)
    if measure is None:
        return None
    where = name_place(place or PROVINCE)
    return None if where is None else f"{say_label(measure)}, {where}"


def name_place(key: str) -> str | None:
    """Return the name of the province, a municipality or a village."""
    if key == PROVINCE:
        return _("Drenthe")
    rows = Municipality.objects.filter(code=key).values_list("name", flat=True)
    return rows.first() or Village.objects.filter(slug=key).values_list("name", flat=True).first()


def name_chain(key: str) -> str | None:
    """Return the name of a chain."""
    return Chain.objects.filter(slug=key).values_list("name", flat=True).first()


def name_signal(key: str) -> str | None:
    """Return the sentence of a signal."""
    try:
        row = find_signal(UUID(key))
    except ValueError:
        return None
    return say_signal(row, list_names([row])) if row else None


def name_action(key: str) -> str | None:
    """Return the title of an action."""
    return AgendaAction.objects.filter(pk=key).values_list("title", flat=True).first()


def list_subjects() -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
    """Return what a note may be begun about, by kind: subject, key and name; two queries."""
    places = [(PROVINCE, _("Drenthe")), *Municipality.objects.values_list("code", "name")]
    chains = Chain.objects.order_by("name").values_list("slug", "name")
    figures = [(row.code, say_label(row)) for row in MEASURES.values()]
    return tuple(
        (title, tuple((subject.value, key, name) for key, name in rows))
        for title, subject, rows in (
            (_("Places"), NoteSubject.PLACE, places),
            (_("Chains"), NoteSubject.CHAIN, chains),
            (_("Figures"), NoteSubject.FIGURE, figures),
        )
    )
