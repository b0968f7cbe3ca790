"""Which quarters run, are over, are due and are released."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ketens.domain.disclosure import RELEASE_DELAY_DAYS
from ketens.domain.work import months_later
from ketens.models import FigureRelease, WorkRelease
from winkelstraat.ledger.queries import get_closed_until

FIGURES, WORK = "figures", "work"
# Name, its table, and whether the books must be closed first.
PARTS = (
    (FIGURES, _("figures of the monitor"), FigureRelease, True),
    (WORK, _("tables on work"), WorkRelease, False),
)
QUARTERS = 8


class ReleaseState(StrEnum):
    """How far a quarter is."""

    RUNNING = "running"
    OVER = "over"
    OPEN = "open"
    DUE = "due"
    RELEASED = "released"


@dataclass(frozen=True)
class PartState:
    """One thing that is released of a quarter."""

    key: str
    label: str
    state: ReleaseState
    digest: str = ""
    released_at: datetime | None = None
    released_by: str = ""


@dataclass(frozen=True)
class QuarterState:
    """One quarter with all that is released of it."""

    first: date
    last: date
    due_on: date
    parts: tuple[PartState, ...]

    @property
    def number(self) -> int:
        """Return which quarter of its year it is."""
        return (self.first.month + 2) // 3


def list_quarters(*, today: date) -> list[QuarterState]:
    """Return the running quarter and those before it, the newest first; four queries."""
    running = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    firsts = [months_later(running, -3 * back) for back in range(QUARTERS)]
    closed = get_closed_until()
    known = {
        key: {row.quarter: row for row in table.objects.select_related("released_by")}
        for key, _label, table, _needs in PARTS
    }
    return [_quarter(first, today, closed, known) for first in firsts]


def count_due(*, today: date) -> int:
    """Return how many things staff could release today."""
    parts = [part for quarter in list_quarters(today=today) for part in quarter.parts]
    return sum(part.state is ReleaseState.DUE for part in parts)


def _quarter(
    first: date,
    today: date,
    closed: date | None,
    known: dict[str, dict[date, FigureRelease | WorkRelease]],
) -> QuarterState:
    last = months_later(first, 3) - timedelta(days=1)
    due_on = last + timedelta(days=1 + RELEASE_DELAY_DAYS)
    parts = []
    for key, label, _table, needs_closed in PARTS:
        row = known[key].get(first)
        if row is not None:
            by = str(row.released_by or "")
            state = PartState(
                key, str(label), ReleaseState.RELEASED, row.digest, row.released_at, by
            )
        else:
            is_open = needs_closed and (closed is None or closed < last)
            state = PartState(key, str(label), _state(today, last, due_on, is_open=is_open))
        parts.append(state)
    return QuarterState(first, last, due_on, tuple(parts))


def _state(today: date, last: date, due_on: date, *, is_open: bool) -> ReleaseState:
    if today <= last:
        return ReleaseState.RUNNING
    if today < due_on:
        return ReleaseState.OVER
    return ReleaseState.OPEN if is_open else ReleaseState.DUE
