"""The rows of a release: every figure of a quarter as the public may read it."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from ketens.domain.disclosure import Withheld
from ketens.domain.monitor.folding import Cell
from ketens.domain.monitor.guarding import Cells, Figure, is_published
from ketens.domain.monitor.measures import Factors, MonitorMeasure

AllFactors = Mapping[str, Factors]


@dataclass(frozen=True, slots=True)
class Told:
    """One figure with its shares; without a value it is unknown, or withheld for a reason."""

    measure: str
    cell: Cell
    value: int | None = None
    low: int | None = None
    high: int | None = None
    coverage_permille: int | None = None
    primary_permille: int | None = None
    withheld: str = ""

    @property
    def is_worth_a_row(self) -> bool:
        """Whether it says something; what is unknown is said of whole places only."""
        is_whole = self.cell.chain is None and not self.cell.product_group
        return is_whole or bool(self.withheld) or self.value is not None


@dataclass
class Digest:
    """The SHA-256 over rows in their order, one line each; constant memory."""

    _hash: Any = field(default_factory=sha256)

    def add(self, of_quarter: date, told: Told) -> None:
        """Take a row in."""
        cell = told.cell
        values = (
            of_quarter.isoformat(),
            told.measure,
            cell.place_kind.value,
            cell.place,
            cell.chain,
            cell.product_group,
            *astuple(told)[2:],
        )
        line = ";".join("" if one is None else str(one) for one in values)
        self._hash.update(f"{line}\n".encode())

    @property
    def text(self) -> str:
        """The digest so far."""
        return str(self._hash.hexdigest())


def tell_cells(
    cells: Cells,
    measures: list[MonitorMeasure],
    withheld: Mapping[Figure, Withheld],
    factors: AllFactors,
) -> Iterator[Told]:
    """Yield the published figures of a quarter, in a fixed order."""
    for cell, parts in sorted(cells.items(), key=lambda pair: order_of(pair[0])):
        for measure in measures:
            if measure.is_from_releases or not is_published(measure, cell):
                continue
            reason = withheld.get((measure.code, cell))
            if reason is not None:
                yield Told(measure.code, cell, withheld=reason.value)
                continue
            amount = measure.compute(parts, factors.get(measure.factor_list, {}))
            told = Told(
                measure.code,
                cell,
                amount.value if amount else None,
                amount.low if amount else None,
                amount.high if amount else None,
                parts.coverage(measure.coverage, amount),
                parts.permille(measure.primary),
            )
            if told.is_worth_a_row:
                yield told


def order_of(cell: Cell) -> tuple[str, int, int, str]:
    """Return the place of a cell in a release: province, municipalities, villages."""
    ranks = {"province": "0", "municipality": "1", "village": "2"}
    return (
        ranks[cell.place_kind.value],
        cell.place or 0,
        cell.chain or 0,
        cell.product_group,
    )
