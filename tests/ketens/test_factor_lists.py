"""Factor lists are read strictly and used on their days only."""

from datetime import date
from decimal import Decimal

import pytest

from ketens.domain.factors import (
    FactorListRefused,
    FactorOutsideItsDates,
    check_boundaries,
    check_dates,
    read_factors,
)

HEADER = "key,label_nl,label_en,value,unit,scope,valid_from,valid_to,source,status,note\n"
YEAR = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}


def row(key: str, value: str, status: str = "verified", dates: str = ",") -> str:
    return f"{key},Bestelauto,Van,{value},kgCO2e/tkm,wtw,{dates},a list,{status},\n"


def test_a_factor_holds_on_its_days_only() -> None:
    (factor,) = read_factors(HEADER + row("van.wtw", "1.326"), **YEAR)
    assert factor.value == Decimal("1.326")
    check_dates(factor, date(2026, 12, 31))
    with pytest.raises(FactorOutsideItsDates):
        check_dates(factor, date(2027, 1, 1))
    with pytest.raises(FactorOutsideItsDates):
        check_dates(factor, date(2025, 12, 31))


def test_a_row_can_hold_for_a_part_of_the_year() -> None:
    (factor,) = read_factors(HEADER + row("van.wtw", "1", dates="2026-07-01,2026-09-30"), **YEAR)
    assert (factor.valid_from, factor.valid_to) == (date(2026, 7, 1), date(2026, 9, 30))


def test_tank_to_wheel_never_exceeds_well_to_wheel() -> None:
    with pytest.raises(FactorListRefused, match="van"):
        read_factors(HEADER + row("van.wtw", "2.67") + row("van.ttw", "2.80"), **YEAR)


def test_a_printed_sum_that_is_off_is_kept_and_told() -> None:
    rows = row("lzv.wtw", "0.085") + row("lzv.ttw", "0.067") + row("lzv.wtt", "0.021")
    factors = read_factors(HEADER + rows, **YEAR)
    assert factors[0].value == Decimal("0.085")
    assert check_boundaries(factors) == {"lzv.wtw": Decimal("-0.003")}


@pytest.mark.parametrize(
    "bad",
    [
        row("van.wtw", "8,42769").replace("8,42769", '"8,42769"'),
        row("van.wtw", "-1"),
        row("van.wtw", "NaN"),
        row("van.wtw", "1", status="probably"),
        row("van.wtw", "1", dates="2026-13-01,"),
        row("van.wtw", "1") + row("van.wtw", "2"),
    ],
)
def test_a_malformed_row_refuses_the_whole_list(bad: str) -> None:
    with pytest.raises(FactorListRefused):
        read_factors(HEADER + row("good.wtw", "1") + bad, **YEAR)
