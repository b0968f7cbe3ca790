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
