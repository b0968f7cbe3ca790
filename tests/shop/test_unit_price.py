"""The price per kilo or litre beside the selling price (PRI-03)."""

from decimal import Decimal

import pytest

from winkelstraat.shop.domain.unit_price import Content, OddContent, UnitPrice, unit_price


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
    found = unit_price(price_cents=price_cents, content=Content(Decimal(quantity), unit))

    assert found == expected


@pytest.mark.parametrize(
    ("quantity", "unit", "pieces", "drained", "price_cents", "expected"),
    [
        ("330", "ml", 6, None, 894, UnitPrice(452, "l")),
        ("33", "g", 6, None, 894, UnitPrice(4515, "kg")),
        ("370", "g", 1, "190", 249, UnitPrice(1311, "kg")),
        ("370", "g", 3, "190", 747, UnitPrice(1311, "kg")),
        ("0.37", "kg", 1, "0.19", 249, UnitPrice(1311, "kg")),
        ("190", "g", 1, "190", 249, UnitPrice(1311, "kg")),
        ("1", "piece", 6, None, 300, None),
    ],
)
def test_w33_a_pack_counts_its_pieces_and_a_jar_what_is_drained(
    quantity: str, unit: str, pieces: int, drained: str | None, price_cents: int, expected: object
) -> None:
    left = Decimal(drained) if drained else None
    content = Content(Decimal(quantity), unit, pieces, left)

    assert unit_price(price_cents=price_cents, content=content) == expected


@pytest.mark.parametrize(
    ("unit", "pieces", "drained", "code"),
    [
        ("g", 0, None, "pieces"),
        ("g", -6, None, "pieces"),
        ("g", 1, "190.001", "drained_above_net"),
        ("g", 1, "0", "drained_above_net"),
        ("piece", 1, "1", "drained_without_measure"),
    ],
)
def test_contents_that_cannot_be_are_refused(
    unit: str, pieces: int, drained: str | None, code: str
) -> None:
    with pytest.raises(OddContent) as refused:
        Content(Decimal(190), unit, pieces, Decimal(drained) if drained else None)

    assert refused.value.code == code
