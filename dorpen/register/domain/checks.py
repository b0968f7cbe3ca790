"""Checks on the numbers by which an enterprise is known."""

import re


def is_kvk_number(text: str) -> bool:
    """Tell whether this is eight digits; the Chamber of Commerce uses no check digit."""
    return re.fullmatch(r"\d{8}", text) is not None


def is_vat_number(text: str) -> bool:
    """Tell whether this has the form of a Dutch btw-id: NL, nine digits, B, two digits."""
    return re.fullmatch(r"NL\d{9}B\d{2}", text) is not None


def is_iban(text: str) -> bool:
    """Tell whether this is an IBAN whose check digits are right (ISO 13616, mod 97)."""
    compact = text.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", compact):
        return False
    digits = "".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])
    return int(digits) % 97 == 1


def normalise_postcode(text: str) -> str | None:
    """Return ``1234 AB`` (or ``1234`` without letters) for a Dutch postcode, else None."""
    found = re.fullmatch(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*", text)
    if found is None:
        return None
    digits, letters = found.groups()
    return f"{digits} {letters.upper()}" if letters else digits
