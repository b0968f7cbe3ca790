"""From where a page reads and over which period: releases for all, kept months for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketens.domain.monitor import PlaceKind
from ketens.domain.periods import (
    NotAPeriod,
    Period,
    PeriodKind,
    month_of,
    quarter_of,
    read_period,
    year_of,
)
from ketens.models import FigureRelease, MonitorMonth
from ketens.queries.monitor_pages.cells import Cells, Patch, read_live, read_released
from ketens.queries.monitor_pages.words import say_period

MOST_ON_A_LINE = 16


class PeriodRefused(Exception):
    """A period that is none, or of which nothing can be shown yet.

    `typed` is what was asked, `reason` says why not in plain words, and `is_none` tells a
    text that is no period from one that is not there yet.
    """

    def __init__(self, typed: str, reason: str, *, is_none: bool) -> None:
        super().__init__(typed)
        self.typed = typed
        self.reason = reason
        self.is_none = is_none


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from; `line` are the stretches of a time line, oldest first.

    `chosen` is None as long as there is nothing to show.
    """

    is_live: bool
    choices: tuple[Period, ...]
    line: tuple[Period, ...]
    chosen: Period | None
    digest: str = ""
    today: date | None = None

    @property
    def first_month(self) -> date:
        """The first month of the line."""
        return self.line[0].first

    @property
    def last_month(self) -> date:
        """The last month of the line."""
        return self.line[-1].last_month

    def read(self, patches: Sequence[Patch]) -> Cells:
        """Return the cells of patches; one query."""
        if self.is_live:
            return read_live(patches)
        quarters = {period.first for period in self.choices if period.kind is PeriodKind.QUARTER}
        return read_released(patches, quarters)


def get_released(typed: str = "") -> Source:
    """Return the source for everybody: quarters that are released; one query.

    :raises PeriodRefused: for what is no period, or is not released.
    """
    rows = list(FigureRelease.objects.order_by("quarter").values_list("quarter", "digest"))
    quarters = [Period(day, PeriodKind.QUARTER) for day, _digest in rows]
    choices = [*reversed(quarters), *years_of(quarters)]
    chosen = choose(typed, choices)
    digest = next((digest for day, digest in reversed(rows) if chosen and day == chosen.first), "")
    return Source(
        is_live=False,
        choices=tuple(choices),
        line=tuple(quarters[-MOST_ON_A_LINE:]),
        chosen=chosen,
        digest=digest,
    )


def get_live(typed: str = "", *, today: date) -> Source:
    """Return the source for staff: every month that is kept; one query.

    :raises PeriodRefused: for what is no period, or has no kept month.
    """
    found = MonitorMonth.objects.filter(
        place_kind=PlaceKind.PROVINCE.value, chain__isnull=True, product_group=""
    )
    months = [month_of(day) for day in found.order_by("month").values_list("month", flat=True)]
    quarters = sorted({quarter_of(month.first) for month in months}, reverse=True)
    choices = [*reversed(months[-MOST_ON_A_LINE:]), *quarters, *years_of(months)]
    return Source(
        is_live=True,
        choices=tuple(choices),
        line=tuple(months[-MOST_ON_A_LINE:]),
        chosen=choose(typed, choices),
        today=today,
    )


def years_of(periods: Sequence[Period]) -> list[Period]:
    """Return the years in which these lie, the newest first."""
    return sorted({year_of(period.first) for period in periods}, reverse=True)


def choose(typed: str, choices: Sequence[Period]) -> Period | None:
    """Return the period that was asked, the newest when none was.

    :raises PeriodRefused: for what is no period, or is not among the choices.
    """
    if not typed:
        return choices[0] if choices else None
    try:
        asked = read_period(typed)
    except NotAPeriod:
        reason = _("“%(typed)s” is no quarter or year. Write 2026-K3 or 2026.")
        raise PeriodRefused(typed, reason % {"typed": typed[:40]}, is_none=True) from None
    if asked not in choices:
        reason = _(
            "Nothing is published of %(period)s. A quarter is published about a month after its"
            " end, and then stays as it is."
        )
        raise PeriodRefused(typed, reason % {"period": say_period(asked)}, is_none=False)
    return asked
