"""Set, change and withdraw a target; nothing that was set is ever lost."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from ketens.domain.targets import Basis, Better
from ketens.models import Baseline, Target


class TargetChanged(Exception):
    """Somebody set another version meanwhile; look at it before you set yours."""


class TargetRefused(Exception):
    """What is asked is no target; the message is the key of the reason."""


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What is to be reached, in the measure's unit or in percent of its baseline."""

    measure: str
    place: str
    year: int
    value: Decimal | None
    better: Better
    basis: Basis
    baseline: Baseline | None = None
    baseline_amount: Decimal | None = None
    source: str = ""
    decision: str = ""
    reason: str = ""


def set_target(*, draft: TargetDraft, seen_version: int, user: Any, now: datetime) -> Target:
    """Write a version after the one that was seen; 0 when there was none.

    :raises TargetRefused: when it has no source, no baseline for a change, or no reason.
    :raises TargetChanged: when another version came meanwhile.
    """
    check_draft(draft, seen_version)
    key = {"measure": draft.measure, "place": draft.place, "year": draft.year}
    newest = Target.objects.filter(**key).order_by("-version").first()
    if (newest.version if newest else 0) != seen_version:
        raise TargetChanged(f"{newest}")
    try:
        with transaction.atomic():
            return Target.objects.create(
                **key,
                version=seen_version + 1,
                value=draft.value,
                better=draft.better.value,
                basis=draft.basis.value,
                baseline=draft.baseline,
                baseline_amount=draft.baseline_amount,
                source=draft.source,
                decision=draft.decision,
                reason=draft.reason,
                set_by=user,
                set_at=now,
            )
    except IntegrityError as error:
        raise TargetChanged(f"{draft.measure} {draft.place} {draft.year}") from error


def check_draft(draft: TargetDraft, seen_version: int) -> None:
    """Refuse what the database would refuse, with the reason.

    :raises TargetRefused: with the key of the reason.
    """
    if not draft.source.strip():
        raise TargetRefused("no_source")
    if draft.basis is Basis.CHANGE and draft.baseline is None:
        raise TargetRefused("no_baseline")
    if draft.basis is Basis.CHANGE and draft.value is not None and draft.value < -100:
        raise TargetRefused("below_nothing")
    if draft.basis is Basis.AMOUNT and draft.value is not None and draft.value < 0:
        raise TargetRefused("below_nothing")
    if (seen_version or draft.value is None) and not draft.reason.strip():
        raise TargetRefused("no_reason")
    if draft.value is None and not seen_version:
        raise TargetRefused("nothing_to_withdraw")
