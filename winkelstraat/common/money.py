"""Money in integer cents: rounding and Dutch notation."""

import re
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


class NoAmount(ValueError):
    """Raised for a text that is no amount of euros."""


def parse_cents(text: str) -> int:
    """Return the cents of an amount as people in the Netherlands type it.

    ``3,40``, ``3.40``, ``€ 3``, ``1.234,50`` and ``1.234`` are understood; a point with
    three digits behind it divides thousands.

    :raises NoAmount: for anything else, and for what is below nothing.
    """
    typed = re.sub(r"[€\s\u00a0]|EUR", "", text)
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:[,.](\d{1,2}|-))?", typed)
    if found is None:
        raise NoAmount(text)
    euros = int(found.group(1).replace(".", ""))
    rest = (found.group(2) or "").replace("-", "")
    return euros * 100 + int(rest.ljust(2, "0"))
