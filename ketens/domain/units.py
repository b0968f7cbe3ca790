"""Quantities that carry their unit; unlike units never add up."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class UnlikeUnits(Exception):
    """Two quantities in different units were added, subtracted or compared."""


class PhysicalUnit(StrEnum):
    """The units that factors and activities are written in."""

    KG = "kg"
    TONNE = "t"
    KM = "km"
    TKM = "tkm"
    VKM = "vkm"
    PKM = "pkm"
    KWH = "kWh"
    LITRE = "liter"
    NM3 = "Nm3"
    GJ = "GJ"
    HOUR = "h"
    EURO = "EUR"
    KG_CO2E = "kgCO2e"


@dataclass(frozen=True, slots=True, order=False)
class Quantity:
    """An exact amount of one unit."""

    value: Decimal
    unit: PhysicalUnit

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.value + self._same(other), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.value - self._same(other), self.unit)

    def __lt__(self, other: "Quantity") -> bool:
        return self.value < self._same(other)

    def __mul__(self, number: Decimal | int) -> "Quantity":
        return Quantity(self.value * number, self.unit)

    def _same(self, other: "Quantity") -> Decimal:
        if not isinstance(other, Quantity):
            raise TypeError("a quantity adds up with quantities only")
        if self.unit is not other.unit:
            raise UnlikeUnits(f"{self.unit} and {other.unit}")
        return other.value


def kg(value: Decimal | int | str) -> Quantity:
    """Return kilograms of goods."""
    return Quantity(Decimal(value), PhysicalUnit.KG)


def km(value: Decimal | int | str) -> Quantity:
    """Return kilometres."""
    return Quantity(Decimal(value), PhysicalUnit.KM)


def kg_co2e(value: Decimal | int | str) -> Quantity:
    """Return kilograms of CO2 equivalent."""
    return Quantity(Decimal(value), PhysicalUnit.KG_CO2E)


def total(quantities: list[Quantity]) -> Quantity:
    """Add quantities of one unit; there must be at least one.

    :raises UnlikeUnits: when units differ.
    """
    first, *rest = quantities
    for quantity in rest:
        first = first + quantity
    return first
