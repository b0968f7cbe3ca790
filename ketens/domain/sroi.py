"""Social return on *investment*: a ratio of social value to what was put in.

Its Dutch namesake, social return in blocks, is something else (``social_return``). A
ratio leaves here with its reductions and its sensitivity table, never alone.
Source of the formula: A Guide to Social Return on Investment (Cabinet Office 2009,
revised 2012).
"""

from dataclasses import dataclass, replace
from decimal import Decimal

SENSITIVITY = Decimal("0.25")
REVIEW_ABOVE = Decimal(10)
VARIED = ("proxy_euro", "deadweight", "displacement", "attribution_to_others", "drop_off")


class SroiRefused(ValueError):
    """An input that no SROI can have; the text names it."""


@dataclass(frozen=True, slots=True)
class SroiInputs:
    """One outcome: how many, worth what, and the four reductions (0 up to 1)."""

    count: Decimal
    proxy_euro: Decimal
    deadweight: Decimal
    displacement: Decimal
    attribution_to_others: Decimal
    drop_off: Decimal
    years: int
    discount_rate: Decimal
    input_euro: Decimal


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """The ratio when one input is a quarter lower and a quarter higher."""

    name: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Sroi:
    """Social value in euros a year, present value and ratio, with how firm they are."""

    gross_euro: Decimal
    years_euro: tuple[Decimal, ...]
    present_value_euro: Decimal
    ratio: Decimal
    net_euro: Decimal
    sensitivity: tuple[SensitivityRow, ...]

    @property
    def needs_review(self) -> bool:
        """Whether a named reviewer must sign before this ratio is shown."""
        return self.ratio > REVIEW_ABOVE


def social_return_on_investment(inputs: SroiInputs) -> Sroi:
    """Compute an SROI with its sensitivity table.

    ``PV = sum of impact x (1 - drop_off)^t / (1 + r)^(t + 1)`` and ``ratio = PV / input``.

    :raises SroiRefused: when a reduction is outside 0..1, or an amount cannot be.
    """
    _check(inputs)
    years, present_value = _values(inputs)
    rows = tuple(
        SensitivityRow(
            name=name,
            low=_ratio(_vary(inputs, name, 1 - SENSITIVITY)),
            high=_ratio(_vary(inputs, name, 1 + SENSITIVITY)),
        )
        for name in VARIED
    )
    return Sroi(
        gross_euro=inputs.count * inputs.proxy_euro,
        years_euro=years,
        present_value_euro=present_value,
        ratio=present_value / inputs.input_euro,
        net_euro=present_value - inputs.input_euro,
        sensitivity=rows,
    )


def _values(inputs: SroiInputs) -> tuple[tuple[Decimal, ...], Decimal]:
    first = (
        inputs.count
        * inputs.proxy_euro
        * (1 - inputs.deadweight)
        * (1 - inputs.displacement)
        * (1 - inputs.attribution_to_others)
    )
    # Not a power: nothing to the power nothing has no value, a full drop-off has one.
    years = [first]
    while len(years) < inputs.years:
        years.append(years[-1] * (1 - inputs.drop_off))
    present = sum(
        (value / (1 + inputs.discount_rate) ** (t + 1) for t, value in enumerate(years)),
        Decimal(0),
    )
    return tuple(years), present


def _ratio(inputs: SroiInputs) -> Decimal:
    return _values(inputs)[1] / inputs.input_euro


def _vary(inputs: SroiInputs, name: str, times: Decimal) -> SroiInputs:
    varied = getattr(inputs, name) * times
    if name != "proxy_euro":
        varied = min(varied, Decimal(1))
    return replace(inputs, **{name: varied})


def _check(inputs: SroiInputs) -> None:
    for name in VARIED[1:]:
        if not 0 <= getattr(inputs, name) <= 1:
            raise SroiRefused(name)
    for name in ("count", "proxy_euro"):
        if getattr(inputs, name) < 0:
            raise SroiRefused(name)
    if inputs.input_euro <= 0:
        raise SroiRefused("input_euro")
    if inputs.discount_rate <= -1:
        raise SroiRefused("discount_rate")
    if not 1 <= inputs.years <= 100:
        raise SroiRefused("years")
