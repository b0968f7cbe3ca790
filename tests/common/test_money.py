"""Rounding and Dutch notation."""

from fractions import Fraction

import pytest

from winkelstraat.common.money import NoAmount, format_cents, parse_cents, round_half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(Fraction(1, 2), 1), (Fraction(-1, 2), -1), (Fraction(49, 100), 0), (Fraction(5, 2), 3)],
)
def test_halves_round_away_from_zero(value: Fraction, rounded: int) -> None:
    assert round_half_up(value) == rounded


def test_amounts_are_written_the_dutch_way() -> None:
    assert format_cents(123450) == "€\u00a01.234,50"
    assert format_cents(-5) == "€\u00a0-0,05"


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("3,40", 340),
        ("3.40", 340),
        ("3", 300),
        ("3,4", 340),
        (" € 3,40 ", 340),
        ("3,-", 300),
        ("1.234,50", 123450),
        ("1.234", 123400),
        ("1234,5", 123450),
        ("0,05", 5),
        ("EUR 12", 1200),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text", ["", "drie", "-3,40", "3,405", "1,234.50", "3,40,5", "9" * 12, "²"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NoAmount):
        parse_cents(text)
