"""Write down something about a figure, a place, a chain, a signal or an action."""

from datetime import datetime
from typing import Any

from ketens.models import NoteSubject, StaffNote

MOST_CHARACTERS = 2000


class NoteRefused(Exception):
    """A note says something, in at most two thousand characters."""


def write_note(
    *, subject: NoteSubject, subject_key: str, text: str, user: Any, now: datetime
) -> StaffNote:
    """Add a note; it is never edited, so a change of mind is another note.

    :raises NoteRefused: ``empty`` or ``too_long``.
    """
    said = text.strip()
    if not said:
        raise NoteRefused("empty")
    if len(said) > MOST_CHARACTERS:
        raise NoteRefused("too_long")
    return StaffNote.objects.create(
        subject=subject, subject_key=subject_key, text=said, written_by=user, written_at=now
    )
