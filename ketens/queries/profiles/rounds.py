"""The rounds of questions as staff sees them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from ketens.models import ProfileRound


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round with how many were asked, mailed, reminded, half way and done."""

    public_id: UUID
    title: str
    first_day: date
    last_day: date
    questions_text: str
    asked: int
    mailed: int
    reminded: int
    complete: int
    half: int
    can_move: bool

    @property
    def waiting(self) -> int:
        """How many answered nothing yet."""
        return self.asked - self.complete - self.half


def list_rounds(*, today: date) -> tuple[RoundRow, ...]:
    """Return every round, the newest first; one query."""
    done = Q(invitations__completed_at__isnull=False)
    rows = (
        ProfileRound.objects.select_related("questionnaire")
        .annotate(
            asked=Count("invitations"),
            mailed=Count("invitations", filter=Q(invitations__mailed_at__isnull=False)),
            reminded=Count("invitations", filter=Q(invitations__reminders__gt=0)),
            complete=Count("invitations", filter=done),
            half=Count("invitations", filter=~done & ~Q(invitations__current={})),
        )
        .order_by("-first_day")
    )
    return tuple(
        RoundRow(
            public_id=row.public_id,
            title=row.title,
            first_day=row.first_day,
            last_day=row.last_day,
            questions_text=str(row.questionnaire),
            asked=row.asked,
            mailed=row.mailed,
            reminded=row.reminded,
            complete=row.complete,
            half=row.half,
            can_move=row.last_day >= today,
        )
        for row in rows
    )


def find_round(public_id: UUID) -> ProfileRound | None:
    """Return a round, None when there is none."""
    return ProfileRound.objects.filter(public_id=public_id).first()
