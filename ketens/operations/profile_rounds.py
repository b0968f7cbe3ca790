"""Open a round of questions, ask who is on the street, and move its last day."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.models import ProfileInvitation, ProfileRound, QuestionnaireVersion
from ketens.queries.profiles.waiting import find_running_round


class RoundsOverlap(Exception):
    """Another round runs in these days, or has this title."""


class RoundInThePast(Exception):
    """A round ends today or later, and after it begins."""


def open_round(
    *,
    title: str,
    days: tuple[date, date],
    questionnaire: QuestionnaireVersion,
    user: Any,
    now: datetime,
) -> ProfileRound:
    """Open a round from its first day to its last, and ask every verified enterprise.

    :raises RoundInThePast: when it ends before it begins or before it is opened.
    :raises RoundsOverlap: when another round runs then, or has this title.
    """
    first_day, last_day = days
    if last_day < first_day or last_day < timezone.localdate(now):
        raise RoundInThePast(title)
    try:
        with transaction.atomic():
            opened = ProfileRound.objects.create(
                title=title,
                questionnaire=questionnaire,
                first_day=first_day,
                last_day=last_day,
                opened_by=user,
                opened_at=now,
            )
            invite_everybody(profile_round=opened, now=now)
    except IntegrityError as error:
        raise RoundsOverlap(title) from error
    return opened


@transaction.atomic
def invite_everybody(*, profile_round: ProfileRound, now: datetime) -> int:
    """Ask every verified enterprise that was not asked yet; return how many were new."""
    asked = ProfileInvitation.objects.filter(round=profile_round).values("enterprise")
    waiting = Enterprise.objects.filter(status=EnterpriseStatus.VERIFIED).exclude(pk__in=asked)
    made = ProfileInvitation.objects.bulk_create(
        [
            ProfileInvitation(round=profile_round, enterprise=enterprise, invited_at=now)
            for enterprise in waiting.order_by("pk")
        ],
        ignore_conflicts=True,
    )
    return len(made)


def invite_newcomers(*, now: datetime) -> int:
    """Ask who was verified since the round of today was opened; return how many."""
    running = find_running_round(timezone.localdate(now))
    return invite_everybody(profile_round=running, now=now) if running else 0


def move_last_day(*, profile_round: ProfileRound, last_day: date, now: datetime) -> None:
    """Let a round run longer, or end sooner; never in the past.

    :raises RoundInThePast: when the day is before today or before the round begins.
    :raises RoundsOverlap: when it would run into another round.
    """
    with transaction.atomic():
        held = ProfileRound.objects.select_for_update().get(pk=profile_round.pk)
        if last_day < max(
            held.first_day, timezone.localdate(now)
        ) or held.last_day < timezone.localdate(now):
            raise RoundInThePast(held.title)
        held.last_day = last_day
        try:
            with transaction.atomic():
                held.save(update_fields=["last_day"])
        except IntegrityError as error:
            raise RoundsOverlap(held.title) from error
