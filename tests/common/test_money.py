"""Rounding and Dutch notation."""

from fractions import Fraction

import pytest

from winkelstraat.common.money import format_cents, round_half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(Fraction(1, 2), 1), (Fraction(-1, 2), -1), (Fraction(49, 100), 0), (Fraction(5, 2), 3)],
)
def test_halves_round_away_from_zero(value: Fraction, rounded: int) -> None:
    assert round_half_up(value) == rounded


def test_amounts_are_written_the_dutch_way() -> None:
    assert format_cents(123450) == "€\u00a01.234,50"
    assert format_cents(-5) == "€\u00a0-0,05"
