"""The list of calculations: NAME -> function(inputs) -> values, with where they come from.

To add one: write ``@calculation("name", unit="kgCO2e", section="...", example="WE07")``
above a function that takes ``Inputs`` and returns its values by name, in a module that
``ketens.domain.api`` imports. Values are Decimal, int, bool, text, None (unknown), or
lists and mappings of those. The docstring's first line is what the list says of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ketens.domain.booking import METHOD_VERSION
from ketens.domain.calculations.inputs import BookedFactor, FindFactor, Inputs, no_factors
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.transport import ImplausibleInput, SpendBasedRefused

Values = Mapping[str, Any]
Compute = Callable[[Inputs], Values]


@dataclass(frozen=True, slots=True)
class Calculation:
    """One calculation as the method names it; `unit` is a text or a unit by value name."""

    name: str
    compute: Compute
    unit: str | Mapping[str, str]
    section: str
    example: str

    @property
    def function(self) -> str:
        """Where the function stands, as ``module.name``."""
        return f"{self.compute.__module__}.{self.compute.__name__}"

    @property
    def title(self) -> str:
        """The first line of what the function says of itself."""
        return (self.compute.__doc__ or "").partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a result comes from: the method's section, the function and the factors used."""

    method_section: str
    function: str
    method_version: str
    factors: tuple[BookedFactor, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a calculation gives, at full precision."""

    values: Values
    unit: str | Mapping[str, str]
    provenance: Provenance


CALCULATIONS: dict[str, Calculation] = {}


def calculation(
    name: str, *, unit: str | Mapping[str, str], section: str, example: str = ""
) -> Callable[[Compute], Compute]:
    """Enter a function in the list under a name.

    :raises ValueError: when the name is taken.
    """

    def enter(compute: Compute) -> Compute:
        if name in CALCULATIONS:
            raise ValueError(f"{name} is in the list already")
        CALCULATIONS[name] = Calculation(name, compute, unit, section, example)
        return compute

    return enter


def run(name: str, given: Mapping[str, Any], find_factor: FindFactor = no_factors) -> Result:
    """Run one calculation.

    :raises CalculationRefused: when the name is unknown, or an input is missing or impossible.
    """
    found = CALCULATIONS.get(name)
    if found is None:
        raise CalculationRefused("unknown_calculation", name=name)
    inputs = Inputs(given, find_factor)
    try:
        values = found.compute(inputs)
    except CalculationRefused:
        raise
    except (ImplausibleInput, SpendBasedRefused, ValueError) as error:
        raise CalculationRefused("implausible", text=str(error)) from error
    except ArithmeticError as error:
        raise CalculationRefused("not_computable", name=name) from error
    return Result(
        values=values,
        unit=found.unit,
        provenance=Provenance(
            found.section, found.function, METHOD_VERSION, tuple(inputs.used.values())
        ),
    )
