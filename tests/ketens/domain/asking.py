"""Ask the one door: values by name, or why they were refused."""

from typing import Any

import pytest

from ketens.domain.api import CalculationRefused, FindFactor, calculate
from ketens.domain.calculations.inputs import BookedFactor
from ketens.domain.factor_book import FactorBook
from tests.ketens.domain.factor_rows import factor

BOOK = FactorBook(
    [
        (
            "nl-2026.1",
            [
                factor("auto_onbekend.wtw", "0.190"),
                factor("bestelauto_lt2t.wtw", "1.326"),
                factor("wortel.agribalyse.to_retail", "0.33218"),
            ],
        )
    ]
)


def find(key: str) -> BookedFactor | None:
    return BOOK.find(key)


def values_of(name: str, /, find_factor: FindFactor = find, **inputs: Any) -> dict[str, Any]:
    return dict(calculate(name, inputs, find_factor).values)


def refusal_of(name: str, /, **inputs: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(CalculationRefused) as refused:
        calculate(name, inputs, find)
    return refused.value.code, refused.value.params
