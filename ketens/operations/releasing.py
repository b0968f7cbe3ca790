"""Everything that is released per quarter, in one list; staff and the clock go through it.

A new table is one more row here, with its row in `ketens.queries.releasing`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ketens.operations.figure_releases import PeriodStillOpen, release_figures
from ketens.operations.releases import AlreadyReleased, QuarterNotOver, release_quarter
from ketens.queries.releasing import FIGURES, WORK


class CannotRelease(Exception):
    """Why a quarter cannot be released now: `not_due`, `open`, `released` or `unknown`."""


@dataclass(frozen=True)
class Releasable:
    """One thing that is released per quarter, and what releases it."""

    key: str
    release: Callable[..., Any]


RELEASABLES = (Releasable(FIGURES, release_figures), Releasable(WORK, release_quarter))


def release_part(*, key: str, quarter: date, user: Any, now: datetime) -> None:
    """Release one thing of one quarter, once.

    :raises CannotRelease: saying why; nothing changed then.
    """
    part = next((one for one in RELEASABLES if one.key == key), None)
    if part is None:
        raise CannotRelease("unknown")
    try:
        part.release(quarter=quarter, user=user, now=now)
    except QuarterNotOver as refusal:
        raise CannotRelease("not_due") from refusal
    except PeriodStillOpen as refusal:
        raise CannotRelease("open") from refusal
    except AlreadyReleased as refusal:
        raise CannotRelease("released") from refusal
