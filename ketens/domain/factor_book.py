"""Factors by key on one day, over several sets: what a calculation may use."""

from collections.abc import Iterable
from datetime import date

from ketens.domain.calculations.inputs import BookedFactor
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.factors import FactorOutsideItsDates, FactorValue, check_dates


class FactorBook:
    """Factor sets opened side by side; a key stands in one of them."""

    def __init__(self, sets: Iterable[tuple[str, Iterable[FactorValue]]]) -> None:
        """Open sets, each a version name with its factors.

        :raises CalculationRefused: ``named_twice`` when two sets hold one key.
        """
        self._factors: dict[str, BookedFactor] = {}
        for version, factors in sets:
            for factor in factors:
                if factor.key in self._factors:
                    raise CalculationRefused("named_twice", name=factor.key)
                self._factors[factor.key] = BookedFactor(factor, version)

    def find(self, key: str, on: date | None = None) -> BookedFactor | None:
        """Return a factor, None when no set has it.

        :raises CalculationRefused: ``outside_dates`` when it does not hold on the day.
        """
        booked = self._factors.get(key)
        if booked is None or on is None:
            return booked
        try:
            check_dates(booked.factor, on)
        except FactorOutsideItsDates as error:
            raise CalculationRefused(
                "outside_dates",
                name=key,
                day=str(on),
                first=str(booked.factor.valid_from),
                last=str(booked.factor.valid_to),
            ) from error
        return booked
