"""The dated VAT table, read once from the reference fixture (TAX-01)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings


class UnknownVatClass(LookupError):
    """Raised when no rate is known for a class on a day; nothing may be sold then (SEC-15)."""


@dataclass(frozen=True, slots=True)
class VatRate:
    """The rate of one class during one period; `valid_to` is its last day, or None."""

    vat_class: str
    basis_points: int
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool

    def covers(self, day: date) -> bool:
        """Tell whether the rate holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@lru_cache(maxsize=1)
def list_vat_rates() -> tuple[VatRate, ...]:
    """Return every row of the table, with the source written out."""
    path = Path(settings.PROJECT_DIR) / "fixtures" / "reference" / "vat_rates.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        VatRate(**{**row, "source": table["sources"][row["source"]]}) for row in table["rates"]
    )


@lru_cache(maxsize=4096)
def get_vat_rate(vat_class: str, on: date) -> int:
    """Return the rate in basis points that holds for a class on the day of supply.

    :raises UnknownVatClass: when the table has no row for that day.
    """
    for rate in list_vat_rates():
        if rate.vat_class == vat_class and rate.covers(on):
            return rate.basis_points
    raise UnknownVatClass(f"No VAT rate is known for '{vat_class}' on {on.isoformat()}.")
