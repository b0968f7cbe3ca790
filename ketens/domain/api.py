"""The one door to every calculation of the method: ``calculate(name, inputs)``.

METHOD.md lists the names. Each name is a function of plain inputs; none reads a
database, a clock or a file.
"""

from ketens.domain.calculations import (
    elements,
    energy,
    food,
    jobs,
    quality,
    rounds,
    showing,
    waste,
)
from ketens.domain.calculations.inputs import BookedFactor, FindFactor, Inputs
from ketens.domain.calculations.refusal import CalculationRefused
from ketens.domain.calculations.registry import (
    CALCULATIONS,
    Calculation,
    Provenance,
    Result,
    Values,
    calculation,
    run,
)

# Importing a module of calculations enters them in the list.
MODULES = (elements, energy, food, jobs, quality, rounds, showing, waste)

calculate = run

__all__ = [
    "CALCULATIONS",
    "MODULES",
    "BookedFactor",
    "Calculation",
    "CalculationRefused",
    "FindFactor",
    "Inputs",
    "Provenance",
    "Result",
    "Values",
    "calculate",
    "calculation",
]
