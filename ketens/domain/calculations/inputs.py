"""The inputs of a calculation, read by name: numbers as text, whole or broken, or a factor.

A number may be written as ``"1.326"``, ``1.326`` or ``{"factor": "bestelauto_lt2t.wtw"}``.
What is read is checked at once, and every factor that was used is remembered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.factors import FactorValue

WRITTEN_NUMBER = (int, float, str, Decimal)


@dataclass(frozen=True, slots=True)
class BookedFactor:
    """A factor with the set and version that it stands in."""

    factor: FactorValue
    set_version: str


FindFactor = Callable[[str], BookedFactor | None]


def no_factors(key: str) -> None:
    """Know no factor at all."""


@dataclass(slots=True)
class Inputs:
    """Named inputs; every reader raises ``CalculationRefused`` with the name that is wrong."""

    given: Mapping[str, Any]
    find_factor: FindFactor = no_factors
    used: dict[str, BookedFactor] = field(default_factory=dict)
    path: str = ""

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def first_of(self, *names: str) -> str:
        """Return the first of these names that was given, else the first name."""
        return next((name for name in names if name in self), names[0])

    def raw(self, *names: str) -> Any:
        """Return what was given under the first of these names that is there."""
        name = self.first_of(*names)
        if name not in self:
            raise CalculationRefused("missing", name=self.path + name)
        return self.given[name]

    def number(self, *names: str, default: Decimal | int | str | None = None) -> Decimal:
        """Return any number; the names are synonyms."""
        name = self.first_of(*names)
        if name not in self and default is not None:
            return Decimal(default)
        return self.read_number(self.raw(name), name)

    def amount(self, *names: str, default: Decimal | int | str | None = None) -> Decimal:
        """Return a number that is never below zero."""
        value = self.number(*names, default=default)
        if value < 0:
            raise CalculationRefused(
                "negative", name=self.path + self.first_of(*names), value=str(value)
            )
        return value

    def positive(self, *names: str, default: Decimal | int | str | None = None) -> Decimal:
        """Return a number above zero."""
        value = self.amount(*names, default=default)
        if value == 0:
            raise CalculationRefused("zero", name=self.path + self.first_of(*names))
        return value

    def share(self, *names: str, default: Decimal | int | str | None = None) -> Decimal:
        """Return a share from 0 to 1."""
        value = self.amount(*names, default=default)
        if value > 1:
            raise CalculationRefused(
                "above_one", name=self.path + self.first_of(*names), value=str(value)
            )
        return value

    def whole(self, *names: str, default: int | None = None) -> int:
        """Return a whole number, never below zero."""
        value = self.amount(*names, default=default)
        if value != int(value):
            raise CalculationRefused(
                "not_whole", name=self.path + self.first_of(*names), value=str(value)
            )
        return int(value)

    def flag(self, *names: str, default: bool = False) -> bool:
        """Return yes or no."""
        name = self.first_of(*names)
        if name not in self:
            return default
        value = self.given[name]
        if not isinstance(value, bool):
            raise CalculationRefused("not_a_flag", name=self.path + name)
        return value

    def text(self, *names: str, default: str | None = None) -> str:
        """Return a text."""
        name = self.first_of(*names)
        if name not in self and default is not None:
            return default
        return str(self.raw(name))

    def numbers(self, *names: str) -> list[Decimal]:
        """Return a list of numbers of any length; of named numbers only the numbers."""
        name = self.first_of(*names)
        given = self.raw(name)
        if isinstance(given, Mapping):
            given = list(given.values())
        if not isinstance(given, Sequence) or isinstance(given, str) or not given:
            raise CalculationRefused("not_a_list", name=self.path + name)
        return [self.read_number(one, f"{name}[{place}]") for place, one in enumerate(given)]

    def items(self, *names: str) -> list["Inputs"]:
        """Return a list of items, each with names of its own; an item knows its `id`."""
        name = self.first_of(*names)
        given = self.raw(name)
        if isinstance(given, Mapping):
            given = [{"id": key, **self._mapping(one, name)} for key, one in given.items()]
        if not isinstance(given, Sequence) or isinstance(given, str) or not given:
            raise CalculationRefused("not_a_list", name=self.path + name)
        return [
            self.inner(self._mapping(one, name), f"{name}[{place}].")
            for place, one in enumerate(given)
        ]

    def inner(self, given: Mapping[str, Any], path: str) -> "Inputs":
        """Return the inputs of one item; factors are remembered with the whole."""
        return Inputs(given, self.find_factor, self.used, self.path + path)

    def factor(self, key: str) -> Decimal:
        """Return the value of a factor by its key and remember that it was used."""
        booked = self.find_factor(key)
        if booked is None:
            raise CalculationRefused("unknown_factor", name=key)
        self.used[key] = booked
        return booked.factor.value

    def read_number(self, value: Any, name: str) -> Decimal:
        """Return a value as an exact number; a broken number counts as it is written."""
        if isinstance(value, Mapping) and set(value) == {"factor"}:
            return self.factor(str(value["factor"]))
        if isinstance(value, bool) or not isinstance(value, WRITTEN_NUMBER):
            raise CalculationRefused("not_a_number", name=self.path + name, value=str(value))
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise CalculationRefused("not_a_number", name=self.path + name, value=str(value))
        return number

    def _mapping(self, value: Any, name: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise CalculationRefused("not_an_item", name=self.path + name)
        return value
