"""Who waits for a mail about what must go."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from winkelstraat.shop.models import Surplus, SurplusWatch


def find_watch(token: str) -> SurplusWatch | None:
    """Return who was sent this word, with his village."""
    return SurplusWatch.objects.select_related("village").filter(token=token).first()


def list_unasked(*, limit: int) -> list[int]:
    """Return who asked for mail and was not mailed to confirm it."""
    waiting = SurplusWatch.objects.filter(asked_mailed_at=None).order_by("asked_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def list_watches_to_tell(*, now: datetime, limit: int) -> list[int]:
    """Return who may be mailed and has something that began since his last mail."""
    began = Surplus.objects.filter(
        listing__village=OuterRef("village"),
        ended_at=None,
        started_at__gt=OuterRef("told_until"),
        pick_up_until__gt=now,
    )
    waiting = SurplusWatch.objects.filter(
        Exists(began), confirmed_at__isnull=False, stopped_at=None
    ).order_by("told_until")
    return list(waiting.values_list("pk", flat=True)[:limit])
