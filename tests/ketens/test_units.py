"""Quantities keep their unit."""

from decimal import Decimal

import pytest

from ketens.domain.units import PhysicalUnit, Quantity, UnlikeUnits, kg, kg_co2e, km, total


def test_like_units_add_up() -> None:
    assert kg(2) + kg("0.5") == kg("2.5")
    assert total([kg_co2e(1), kg_co2e(2)]) == kg_co2e(3)


@pytest.mark.parametrize("other", [km(1), kg_co2e(1), Quantity(Decimal(1), PhysicalUnit.TONNE)])
def test_unlike_units_never_add_subtract_or_compare(other: Quantity) -> None:
    with pytest.raises(UnlikeUnits):
        kg(1) + other
    with pytest.raises(UnlikeUnits):
        kg(1) - other
    with pytest.raises(UnlikeUnits):
        _ = kg(1) < other
