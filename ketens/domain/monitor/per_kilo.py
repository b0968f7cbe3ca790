"""Measures per kilo: they compare small with large, and this year with a year of less trade."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from ketens.domain.monitor.computing import emission
from ketens.domain.monitor.measures import Better, Factors, MeasureGroup, MonitorMeasure, SdgTarget
from ketens.domain.monitor.parts import Amount, Parts, Share

GRAMS = 1000


def emission_per_kilo(parts: Parts, factors: Factors) -> Amount | None:
    """Return the milligrams per kilo of goods whose whole way is known, with the interval.

    The interval is as wide, in proportion, as that of all emission.
    """
    mass, complete = parts["mass_with_emission_g"], parts["complete_emission_mg"]
    whole = emission(parts, factors)
    if not mass or whole is None:
        return None
    rate = Decimal(complete) * GRAMS / mass
    value = int(rate.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if whole.low is None or whole.high is None or not whole.value:
        return Amount(value)
    low, high = rate * whole.low / whole.value, rate * whole.high / whole.value
    return Amount(
        value,
        int(low.quantize(Decimal(1), rounding=ROUND_FLOOR)),
        int(high.quantize(Decimal(1), rounding=ROUND_CEILING)),
    )


EMISSION_PER_KILO = MonitorMeasure(
    code="emission_mg_co2e_per_kg",
    label_nl="Uitstoot van vervoer per kilo",
    label_en="Transport emission per kilo",
    meaning_nl="CO2e van het vervoer per kilo goederen waarvan de hele weg bekend is.",
    meaning_en="CO2e of transport per kilo of goods whose whole way is known.",
    unit="mg CO2e/kg",
    group=MeasureGroup.CLIMATE,
    better=Better.LOWER,
    compute=emission_per_kilo,
    numbers=("emission_mg", "with_emission", "complete_emission_mg", "mass_with_emission_g"),
    families=("emission_mg_by_factor",),
    coverage=Share("mass_with_emission_g", "mass_g"),
    primary=Share("primary_mg", "complete_emission_mg"),
    sdg=(SdgTarget("11.a", "11.4"),),
    adds_up=False,
)
