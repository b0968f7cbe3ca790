"""Where what was left over went, as pieces of one bar from the best rung to the worst."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ketens.domain.monitor import MEASURES, MonitorMeasure
from ketens.domain.periods import Period
from ketens.domain.pictures import DrawnShare, SharePart, draw_shares
from ketens.domain.waste import Rung, is_food_waste
from ketens.queries.batches import RUNG_WORDS
from ketens.queries.monitor_pages.cells import WHOLE, Cell, Cells
from ketens.queries.monitor_pages.words import say_mass, say_permille

RUNG_MEASURES = {rung: MEASURES[f"left_over_rung_{int(rung)}_g"] for rung in Rung}


@dataclass(frozen=True, slots=True)
class SharesPicture:
    """Pieces of one bar, with a sentence and the same as a list."""

    title: str
    sentence: str
    shares: tuple[DrawnShare, ...]


def build_rungs(cells: Cells, period: Period, cell: Cell = WHOLE) -> SharesPicture | None:
    """Return the ladder of a cell, None when nothing was left over or nothing is told."""
    told = {rung: cells.tell(row, cell, period).value or 0 for rung, row in RUNG_MEASURES.items()}
    parts = [
        SharePart(str(RUNG_WORDS[int(rung)]), grams, say_mass(grams))
        for rung, grams in told.items()
    ]
    shares = draw_shares(parts)
    if not shares:
        return None
    whole = sum(told.values())
    fed = sum(grams for rung, grams in told.items() if not is_food_waste(rung))
    words = {"whole": say_mass(whole), "share": say_permille(fed * 1000 // whole)}
    return SharesPicture(
        title=_("Where it went"),
        sentence=_("%(whole)s was left over. %(share)s of it still had a good use.") % words,
        shares=shares,
    )


def needs_rungs(measure: MonitorMeasure) -> bool:
    """Tell whether the page of a measure shows the ladder as well."""
    return measure.code in ("food_waste_g", "left_over_g")
