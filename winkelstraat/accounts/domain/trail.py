"""What an audit log may hold: never a card, a citizen's number, a token or a group of people."""

import re
from collections.abc import Mapping
from typing import Any

from stdnum import luhn
from stdnum.nl import bsn

HIDDEN = "…"
# Parts of names of fields that no trace may carry (COMMERCE SEC-13, IMPACT 9).
NEVER = ("iban", "card", "bsn", "token", "password", "secret", "group", "birth", "pick_up_code")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
DIGITS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8,18}(?!\d)")
LONGEST = 300


class NotForTheLog(Exception):
    """A field of this name may not stand in the audit log."""


def keep_changes(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, list[str]]:
    """Return the fields that changed as texts before and after.

    :raises NotForTheLog: for a field that no trace may carry.
    """
    for name in changes:
        if any(word in name for word in NEVER):
            raise NotForTheLog(name)
    return {
        name: [scrub(_text(before)), scrub(_text(after))]
        for name, (before, after) in changes.items()
        if before != after
    }


def scrub(text: str) -> str:
    """Return a text in which account, card and citizen's numbers cannot be read."""
    return DIGITS.sub(_hide, IBAN.sub(HIDDEN, text))[:LONGEST]


def _hide(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    is_card = len(digits) >= 13 and luhn.is_valid(digits)
    return HIDDEN if is_card or (len(digits) == 9 and bsn.is_valid(digits)) else found[0]


def _text(value: object) -> str:
    return "" if value is None else str(value)
