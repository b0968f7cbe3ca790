"""Load the agenda's actions, and take down how each one stands."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import IntegrityError, transaction

from ketens.domain.monitor import measure_of
from ketens.models import ActionState, ActionStatus, AgendaAction, HandCount

FILES = ("history.yaml", "proposals.yaml")
HAND_COUNTS = "hand_counts.yaml"


class StateChanged(Exception):
    """Somebody took down another state meanwhile."""


class StateRefused(Exception):
    """What is told is not complete; the message is the key of the reason."""


@dataclass(frozen=True, slots=True)
class StateDraft:
    """How an action stands, by whom it is answered for, and what shows it."""

    status: ActionStatus
    owner: str
    evidence: str = ""
    evidence_address: str = ""


@dataclass(frozen=True, slots=True)
class CountDraft:
    """A number that was counted by hand over a year, and where it is written."""

    indicator: str
    year: int
    value: Decimal
    source: str


@transaction.atomic
def load_agenda(*, folder: Path) -> int:
    """Load every action of the files; what was told about them stays. Return how many.

    :raises KeyError: when an action counts something that no file explains.
    """
    counts = yaml.safe_load((folder / HAND_COUNTS).read_text())["indicators"]
    by_hand = {row["key"]: row for row in counts}
    position = 0
    for name in FILES:
        told = yaml.safe_load((folder / name).read_text())
        for row in told["actions"]:
            position += 1
            AgendaAction.objects.update_or_create(
                key=row["key"],
                defaults=build_fields(row, told, by_hand) | {"position": position},
            )
    return position


def build_fields(
    row: dict[str, Any], told: dict[str, Any], by_hand: dict[str, dict[str, str]]
) -> dict[str, Any]:
    """Return the fields of one action of a file."""
    return {
        "first_year": told["first_year"],
        "last_year": told["last_year"],
        "theme": row["theme"],
        "title": row["title"],
        "what": " ".join(row["what"].split()),
        "partners": row["partners"],
        "results": {year: " ".join(text.split()) for year, text in row["results"].items()},
        "indicators": [build_indicator(code, by_hand) for code in row["indicators"]],
        "source": f"{told['source']}, speerpunt {row['theme'][0]}, actie {row['theme']}",
        "is_proposal": told["is_proposal"],
    }


def build_indicator(code: str, by_hand: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Return a measure of the monitor, or what is counted by hand with its words.

    :raises KeyError: when it is neither.
    """
    if code in by_hand:
        return {"code": code, "by_hand": by_hand[code]}
    return {"code": measure_of(code).code}


def tell_state(
    *, action: AgendaAction, draft: StateDraft, seen_version: int, user: Any, now: datetime
) -> ActionState:
    """Write how an action stands, after the version that was seen; 0 when there was none.

    :raises StateRefused: without an owner, or done without evidence.
    :raises StateChanged: when another state was told meanwhile.
    """
    if not draft.owner.strip():
        raise StateRefused("no_owner")
    if draft.status == ActionStatus.DONE and not draft.evidence.strip():
        raise StateRefused("no_evidence")
    newest = action.states.order_by("-version").values_list("version", flat=True).first()
    if (newest or 0) != seen_version:
        raise StateChanged(action.key)
    try:
        with transaction.atomic():
            return ActionState.objects.create(
                action=action,
                version=seen_version + 1,
                status=draft.status,
                owner=draft.owner,
                evidence=draft.evidence,
                evidence_address=draft.evidence_address,
                set_by=user,
                set_at=now,
            )
    except IntegrityError as error:
        raise StateChanged(action.key) from error


def count_by_hand(*, draft: CountDraft, seen_version: int, user: Any, now: datetime) -> HandCount:
    """Write a number of a year, after the version that was seen; 0 when there was none.

    :raises StateRefused: without a source, below nought, or for something not counted so.
    :raises StateChanged: when another number was written meanwhile.
    """
    if not draft.source.strip():
        raise StateRefused("no_source")
    if draft.value < 0:
        raise StateRefused("below_nothing")
    wanted = [{"code": draft.indicator, "by_hand": {"key": draft.indicator}}]
    if not AgendaAction.objects.filter(indicators__contains=wanted).exists():
        raise StateRefused("no_such_indicator")
    rows = HandCount.objects.filter(indicator=draft.indicator, year=draft.year)
    newest = rows.order_by("-version").values_list("version", flat=True).first()
    if (newest or 0) != seen_version:
        raise StateChanged(draft.indicator)
    try:
        with transaction.atomic():
            return HandCount.objects.create(
                indicator=draft.indicator,
                year=draft.year,
                version=seen_version + 1,
                value=draft.value,
                source=draft.source,
                set_by=user,
                set_at=now,
            )
    except IntegrityError as error:
        raise StateChanged(draft.indicator) from error
