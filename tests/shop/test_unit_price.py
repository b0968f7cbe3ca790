"""The price per kilo or litre beside the selling price (PRI-03)."""

from decimal import Decimal

import pytest

from winkelstraat.shop.domain.unit_price import UnitPrice, unit_price


@pytest.mark.parametrize(
    ("quantity", "unit", "price_cents", "expected"),
    [
        ("375", "g", 425, UnitPrice(1133, "kg")),
        ("330", "ml", 179, UnitPrice(542, "l")),
        ("1980", "ml", 894, UnitPrice(452, "l")),
        ("100", "g", 195, UnitPrice(1950, "kg")),
        ("190", "g", 249, UnitPrice(1311, "kg")),
        ("750", "ml", 399, UnitPrice(532, "l")),
        ("1.5", "kg", 300, UnitPrice(200, "kg")),
        ("0.5", "l", 125, UnitPrice(250, "l")),
        ("1", "piece", 340, None),
        ("1", "bunch", 150, None),
        ("1", "hour", 4900, None),
    ],
)
def test_w33_unit_prices_are_rounded_half_up_to_the_cent(
    quantity: str, unit: str, price_cents: int, expected: UnitPrice | None
) -> None:
    found = unit_price(price_cents=price_cents, net_quantity=Decimal(quantity), net_unit=unit)

    assert found == expected
