"""The page of one target of the sustainable development goals, and rows that lead to it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from ketens.domain.monitor import MEASURES, MonitorMeasure, PlaceKind
from ketens.domain.sdg import TARGETS, GoalTarget
from ketens.queries.monitor_pages.addresses import Addresses
from ketens.queries.monitor_pages.cells import WHOLE, Patch
from ketens.queries.monitor_pages.source import Source
from ketens.queries.monitor_pages.telling import (
    LinePicture,
    MonitorCard,
    build_card,
    build_line,
)


@dataclass(frozen=True, slots=True)
class SdgRow:
    """A target as a page names it: the official code, and the agenda's where it differs."""

    code: str
    agenda: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class SdgPage:
    """One target with the figures that add to it."""

    source: Source
    target: SdgRow
    others: tuple[SdgRow, ...]
    cards: tuple[MonitorCard, ...]
    lines: tuple[LinePicture, ...]


def build_sdg_row(target: GoalTarget) -> SdgRow:
    """Return a target in the reader's language."""
    is_dutch = (get_language() or "nl").startswith("nl")
    return SdgRow(
        code=target.official,
        agenda=target.agenda,
        text=target.text_nl if is_dutch else target.text_en,
        url=Addresses().sdg(target.official),
    )


def list_sdg_rows(measure: MonitorMeasure) -> tuple[SdgRow, ...]:
    """Return the targets that a measure adds to."""
    return tuple(
        build_sdg_row(TARGETS[one.official]) for one in measure.sdg if one.official in TARGETS
    )


def measures_of(code: str) -> tuple[MonitorMeasure, ...]:
    """Return the public measures that add to a target."""
    return tuple(
        row
        for row in MEASURES.values()
        if row.is_public and any(one.official == code for one in row.sdg)
    )


def get_sdg_page(target: GoalTarget, source: Source) -> SdgPage:
    """Return the page of a target; one query. Without a release or a measure it has no figures."""
    measures = measures_of(target.official)
    page = SdgPage(
        source=source,
        target=build_sdg_row(target),
        others=tuple(build_sdg_row(row) for row in TARGETS.values() if row is not target),
        cards=(),
        lines=(),
    )
    if source.chosen is None or not measures:
        return page
    period, addresses = source.chosen, Addresses(period=source.chosen.key)
    first, last = min(source.first_month, period.first), max(source.last_month, period.last_month)
    cells = source.read((Patch(measures, PlaceKind.PROVINCE, first, last),))
    told = [(row, cells.tell(row, WHOLE, period)) for row in measures]
    return SdgPage(
        source=source,
        target=page.target,
        others=page.others,
        cards=tuple(
            build_card(row, one, None, (), addresses.measure(row))
            for row, one in told
            if not row.code.startswith("left_over_rung")
        ),
        lines=tuple(
            build_line(row, [(one, cells.tell(row, WHOLE, one)) for one in source.line])
            for row, figure in told
            if figure.value is not None and not row.code.startswith("left_over_rung")
        ),
    )
