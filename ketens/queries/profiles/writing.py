"""Counts as they are kept in a baseline: plain tables of numbers."""

from typing import Any

from ketens.domain.profile import Counts
from ketens.domain.profile_tables import MUNICIPALITY, SEPARATOR, TOTAL


def write_counts(counts: Counts) -> dict[str, Any]:
    """Return exact counts as tables, in the shape of the published ones."""
    tables = {name: {**line, TOTAL: sum(line.values())} for name, line in counts.lines.items()}
    tables |= {name: {**share.parts, TOTAL: share.whole} for name, share in counts.shares.items()}
    tables[MUNICIPALITY] = {
        f"{name}{SEPARATOR}{place}": number
        for name, row in counts.municipalities.items()
        for place, number in {**row, TOTAL: sum(row.values())}.items()
    }
    return {"tables": tables, TOTAL: counts.total, "answered": counts.answered}
