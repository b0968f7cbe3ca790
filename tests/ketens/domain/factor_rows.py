"""Rows of factors for tests."""

from datetime import date
from decimal import Decimal

from ketens.domain.factors import FactorValue


def factor(key: str, value: str, unit: str = "kgCO2e/vkm") -> FactorValue:
    return FactorValue(
        key=key,
        label_nl=key,
        label_en=key,
        value=Decimal(value),
        unit=unit,
        scope="wtw",
        note="",
        source="example list",
        status="verified",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )
