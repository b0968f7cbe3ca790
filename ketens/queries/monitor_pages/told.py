"""One figure as a page tells it, from a release or live: a value, or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from ketens.queries.monitor import MonitorFigure

MISSING = "not_released"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in whole units; without a value it is withheld for a reason, or unknown."""

    value: int | None = None
    low: int | None = None
    high: int | None = None
    coverage_permille: int | None = None
    primary_permille: int | None = None
    withheld: str = ""

    @property
    def is_withheld(self) -> bool:
        """Whether it is known and not shown."""
        return bool(self.withheld) and self.withheld != MISSING


NOT_TOLD = Told(withheld=MISSING)


def tell_live(figure: MonitorFigure) -> Told:
    """Return a live figure as a page tells it."""
    return Told(
        figure.value,
        figure.low,
        figure.high,
        figure.coverage_permille,
        figure.primary_permille,
    )


def add_told(several: Iterable[Told]) -> Told:
    """Add figures of following stretches up; one that is not told leaves no sum.

    The same factors err together, so ends of margins add up as well. Shares are those of
    the least known stretch: a sum never seems better known than its parts.
    """
    rows = list(several)
    hidden = [row for row in rows if row.value is None]
    if hidden or not rows:
        reasons = [row.withheld for row in hidden if row.withheld]
        return Told(withheld=reasons[0] if reasons else "")
    has_margin = any(row.low is not None for row in rows)
    return Told(
        value=sum(row.value or 0 for row in rows),
        low=sum(row.value or 0 if row.low is None else row.low for row in rows)
        if has_margin
        else None,
        high=sum(row.value or 0 if row.high is None else row.high for row in rows)
        if has_margin
        else None,
        coverage_permille=least(row.coverage_permille for row in rows),
        primary_permille=least(row.primary_permille for row in rows),
    )


def least(shares: Iterable[int | None]) -> int | None:
    """Return the lowest share, None when one of them is not known."""
    found = list(shares)
    known = [share for share in found if share is not None]
    return min(known) if known and len(known) == len(found) else None
