"""Factors as values: where they hold, what belongs together, and how a list is read."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

STATUSES = ("verified", "convention", "unverified")
SCOPES = (
    "wtw",
    "ttw",
    "wtt",
    "biogenic",
    "infrastructure",
    "total",
    "plant",
    "supply",
    "consumption",
    "gwp100",
    "gsd",
    "farm",
    "to_retail",
    "consumed",
    "treatment",
    "combustion",
    "avoided",
    "production",
)
BOUNDARIES = ("wtw", "ttw", "wtt")


class FactorOutsideItsDates(Exception):
    """A factor was asked for an activity on a day for which it does not hold."""


class FactorListRefused(Exception):
    """A list of factors contradicts itself or cannot be read; `code` and `params` say how."""

    def __init__(
        self, text: str, code: str = "unreadable", params: dict[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.code = code
        self.params = params or {"row": text}


@dataclass(frozen=True, slots=True)
class FactorValue:
    """One factor of one list."""

    key: str
    label_nl: str
    label_en: str
    value: Decimal
    unit: str
    scope: str
    note: str
    source: str
    status: str
    valid_from: date
    valid_to: date


def check_dates(factor: FactorValue, on: date) -> None:
    """Refuse a factor that does not hold on the day of the activity.

    :raises FactorOutsideItsDates: when it does not.
    """
    if not factor.valid_from <= on <= factor.valid_to:
        raise FactorOutsideItsDates(
            f"{factor.key} holds from {factor.valid_from} to {factor.valid_to}, not on {on}"
        )


def check_boundaries(factors: Iterable[FactorValue]) -> dict[str, Decimal]:
    """Check that tank-to-wheel never exceeds well-to-wheel; return rounding differences.

    A printed sum that is off is kept as printed; the difference is returned by the key
    of the WTW row (0 when it adds up).

    :raises FactorListRefused: when a TTW value is larger than its WTW value, or the
        values of one vehicle or fuel are written in unlike units.
    """
    factors = list(factors)
    check_units(factors)
    by_key = {factor.key: factor.value for factor in factors}
    differences: dict[str, Decimal] = {}
    for key, wtw in by_key.items():
        if not key.endswith(".wtw"):
            continue
        stem = key.removesuffix(".wtw")
        ttw = by_key.get(f"{stem}.ttw")
        if ttw is None:
            continue
        if ttw > wtw:
            raise FactorListRefused(
                f"{stem}: tank-to-wheel {ttw} exceeds well-to-wheel {wtw}",
                "ttw_above_wtw",
                {"key": stem, "ttw": str(ttw), "wtw": str(wtw)},
            )
        wtt = by_key.get(f"{stem}.wtt")
        if wtt is not None:
            differences[key] = wtw - ttw - wtt
    return differences


def check_units(factors: Iterable[FactorValue]) -> None:
    """Check that WTW, TTW and WTT of one vehicle or fuel are written in one unit.

    :raises FactorListRefused: when they are not.
    """
    units: dict[str, str] = {}
    for factor in factors:
        stem, _, ending = factor.key.rpartition(".")
        if ending not in BOUNDARIES:
            continue
        unit = units.setdefault(stem, factor.unit)
        if unit != factor.unit:
            raise FactorListRefused(
                f"{stem}: {unit} beside {factor.unit}",
                "mixed_units",
                {"key": stem, "first": unit, "second": factor.unit},
            )


def read_factors(text: str, *, valid_from: date, valid_to: date) -> list[FactorValue]:
    """Read a list written as CSV with a header; a row's own dates go before the list's.

    :raises FactorListRefused: when a row is malformed, doubled or self-contradicting.
    """
    factors = [_read_row(row, valid_from, valid_to) for row in csv.DictReader(io.StringIO(text))]
    keys = [factor.key for factor in factors]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        named = ", ".join(sorted(doubled))
        raise FactorListRefused(f"named twice: {named}", "doubled", {"key": named})
    check_boundaries(factors)
    return factors


def _read_row(row: dict[str, str], valid_from: date, valid_to: date) -> FactorValue:
    try:
        value = Decimal(row["value"])
        begins = date.fromisoformat(row["valid_from"]) if row["valid_from"] else valid_from
        ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else valid_to
    except (KeyError, InvalidOperation, ValueError) as error:
        raise FactorListRefused(f"cannot read {row}") from error
    refused = row["status"] not in STATUSES or row["scope"] not in SCOPES
    if refused or not value.is_finite() or value < 0:
        raise FactorListRefused(f"cannot accept {row}")
    return FactorValue(
        key=row["key"],
        label_nl=row["label_nl"],
        label_en=row["label_en"],
        value=value,
        unit=row["unit"],
        scope=row["scope"],
        note=row["note"],
        source=row["source"],
        status=row["status"],
        valid_from=begins,
        valid_to=ends,
    )


def digest_of(content: object) -> str:
    """Return the SHA-256 of content in canonical JSON; decimals and dates as text."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
