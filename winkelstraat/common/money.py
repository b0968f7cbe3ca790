"""Money in integer cents: rounding and Dutch notation."""

from fractions import Fraction


def round_half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves away from zero (Dutch arithmetic rounding)."""
    sign = -1 if value < 0 else 1
    return sign * ((abs(value.numerator) * 2 + value.denominator) // (value.denominator * 2))


def format_cents(cents: int) -> str:
    """Return an amount the Dutch way, as in ``€ 1.234,50`` (with a no-break space)."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"€\u00a0{sign}{euros:,}".replace(",", ".") + f",{rest:02d}"
