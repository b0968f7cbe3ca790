"""Every measure over any days, straight from the books: for a baseline that is frozen once."""

from datetime import date, timedelta

from dorpen.register.models import Village
from ketens.domain.monitor import MEASURES, PlaceKind
from ketens.domain.monitor.folding import Cell, fold
from ketens.queries.monitor.factors import read_factors
from ketens.queries.monitor.facts import read_facts


def measure_days(first_day: date, last_day: date) -> dict[str, dict[str, int]]:
    """Return known amounts by scope and measure; nothing about people, and no unknown as 0."""
    municipalities = dict(Village.objects.values_list("pk", "municipality_id"))
    cells = fold(read_facts(first_day, last_day + timedelta(days=1)), municipalities)
    measures = [row for row in MEASURES.values() if not row.is_about_people]
    factors = {row.code: read_factors(row)[0] for row in measures}
    found: dict[str, dict[str, int]] = {}
    for cell, parts in cells.items():
        scope = scope_of(cell)
        for row in measures if scope else ():
            amount = row.compute(parts, factors[row.code])
            if amount is not None and (cell.chain is None or row.is_by_chain):
                found.setdefault(scope, {})[row.code] = amount.value
    return found


def scope_of(cell: Cell) -> str:
    """Return the name of a scope, empty for a cell that has none."""
    if cell.product_group:
        return ""
    if cell.chain is not None:
        return f"chain:{cell.chain}" if cell.place_kind is PlaceKind.PROVINCE else ""
    if cell.place is None:
        return "street"
    return f"{cell.place_kind.value}:{cell.place}"
