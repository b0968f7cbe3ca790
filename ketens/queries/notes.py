"""Notes of staff, for staff only; a view asks the role before it asks these."""

from dataclasses import dataclass
from datetime import datetime

from ketens.models import NoteSubject, StaffNote


@dataclass(frozen=True, slots=True)
class Note:
    """One note with who wrote it and when."""

    text: str
    author: str
    written_at: datetime


def list_notes(subject: NoteSubject, subject_key: str) -> tuple[Note, ...]:
    """Return the notes about one thing, the newest first; one query."""
    rows = StaffNote.objects.filter(subject=subject, subject_key=subject_key)
    return tuple(
        Note(row.text, str(row.written_by), row.written_at)
        for row in rows.select_related("written_by")
    )


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in the list of all, with what it is about."""

    subject: str
    subject_text: str
    key: str
    note: Note


def list_newest_notes(*, limit: int = 50) -> tuple[NoteLine, ...]:
    """Return the newest notes about anything; one query."""
    return tuple(
        NoteLine(
            row.subject,
            str(NoteSubject(row.subject).label),
            row.subject_key,
            Note(row.text, str(row.written_by), row.written_at),
        )
        for row in StaffNote.objects.select_related("written_by")[:limit]
    )
