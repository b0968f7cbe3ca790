"""Who in the round of today still waits for a mail."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.reminding import MOST_REMINDERS, is_reminder_due
from ketens.models import ProfileInvitation, ProfileRound


def find_running_round(today: date) -> ProfileRound | None:
    """Return the round in which today lies, None when nothing is asked now."""
    return ProfileRound.objects.filter(first_day__lte=today, last_day__gte=today).first()


def list_to_mail(today: date) -> list[int]:
    """Return the invitations whose link has not left."""
    return list(_open(today).filter(mailed_at=None).values_list("pk", flat=True))


def list_to_remind(today: date) -> list[int]:
    """Return the invitations that a reminder is due for."""
    rows = _open(today).filter(mailed_at__isnull=False, reminders__lt=MOST_REMINDERS)
    return [row.pk for row in rows.select_related("round") if is_due(row, today)]


def is_due(row: ProfileInvitation, today: date) -> bool:
    """Tell whether a reminder to this enterprise goes out today."""
    return row.mailed_at is not None and is_reminder_due(
        days=(row.round.first_day, row.round.last_day),
        mailed_on=timezone.localdate(row.mailed_at),
        reminders=row.reminders,
        reminded_on=timezone.localdate(row.reminded_at) if row.reminded_at else None,
        today=today,
    )


def _open(today: date) -> QuerySet[ProfileInvitation]:
    return ProfileInvitation.objects.filter(
        completed_at=None,
        round__first_day__lte=today,
        round__last_day__gte=today,
        enterprise__status=EnterpriseStatus.VERIFIED,
    )
