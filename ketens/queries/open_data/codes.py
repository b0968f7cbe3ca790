"""Codes as European statistics use them, so that our rows fit beside those of others.

Places are NUTS, LAU and CBS codes, periods are those of SDMX, units are of UN/ECE
Recommendation 20, and the status of an observation is that of SDMX CL_OBS_STATUS and
CL_CONF_STATUS.
"""

import re
from collections.abc import Mapping
from datetime import date

from dorpen.register.models import Municipality, Village
from ketens.domain.monitor import PlaceKind

PROVINCE_CODE = "NL13"  # Drenthe in NUTS 2024
WHOLE = "_T"  # SDMX: the total of a dimension
UNITS = {
    "g": "GRM",
    "m": "MTR",
    "min": "MIN",
    "mg CO2e": "MGM_CO2E",
    "cents": "EUR_CENT",
    "count": "C62",
    "jobs": "C62",
}
NORMAL, ESTIMATED, MISSING, SUPPRESSED = "A", "E", "O", "Q"
FREE, CONFIDENTIAL = "F", "C"
QUARTER = re.compile(r"^(\d{4})-q([1-4])$", re.IGNORECASE)

PlaceCodes = Mapping[tuple[PlaceKind, int | None], tuple[str, str]]


class NoSuchQuarter(ValueError):
    """A period that is not written as a year and a quarter: 2026-Q3."""


def period_of(quarter: date) -> str:
    """Return a quarter as SDMX writes it: 2026-Q3."""
    return f"{quarter.year}-Q{(quarter.month + 2) // 3}"


def read_period(text: str) -> date:
    """Return the first day of a quarter.

    :raises NoSuchQuarter: for any other text.
    """
    found = QUARTER.match(text)
    if found is None or not 1900 <= int(found[1]) <= 2999:
        raise NoSuchQuarter(text)
    return date(int(found[1]), int(found[2]) * 3 - 2, 1)


def list_place_codes() -> PlaceCodes:
    """Return the code and name of every place by kind and number; two queries."""
    found: dict[tuple[PlaceKind, int | None], tuple[str, str]] = {
        (PlaceKind.PROVINCE, None): (PROVINCE_CODE, "Drenthe")
    }
    for pk, code, name in Municipality.objects.values_list("pk", "code", "name"):
        found[PlaceKind.MUNICIPALITY, pk] = (code, name)
    for pk, bag, slug, name in Village.objects.values_list("pk", "code", "slug", "name"):
        found[PlaceKind.VILLAGE, pk] = (f"WP{bag}" if bag else slug, name)
    return found


def find_place(code: str) -> tuple[PlaceKind, int | None] | None:
    """Return the place of a code, None when no place has it; at most one query."""
    if code == PROVINCE_CODE:
        return PlaceKind.PROVINCE, None
    if code.startswith("GM"):
        pk = Municipality.objects.filter(code=code).values_list("pk", flat=True).first()
        return None if pk is None else (PlaceKind.MUNICIPALITY, pk)
    same = {"code": code.removeprefix("WP")} if code.startswith("WP") else {"slug": code}
    pk = Village.objects.filter(**same).values_list("pk", flat=True).first()
    return None if pk is None else (PlaceKind.VILLAGE, pk)


def status_of(value: int | None, withheld: str, *, is_estimate: bool) -> tuple[str, str]:
    """Return the status of an observation and of its confidentiality."""
    if withheld:
        return SUPPRESSED, CONFIDENTIAL
    if value is None:
        return MISSING, FREE
    return (ESTIMATED if is_estimate else NORMAL), FREE
