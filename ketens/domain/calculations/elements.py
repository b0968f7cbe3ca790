"""Transport chain elements, hubs and chains of them (ISO 14083:2023, iLEAP 1.0.0)."""

from decimal import Decimal

from ketens.domain import transport
from ketens.domain.calculations.inputs import Inputs
from ketens.domain.calculations.registry import Values, calculation

SECTION = "Transport"


@calculation("transport_activity", unit="tkm", section=SECTION, example="WE01")
def transport_activity(inputs: Inputs) -> Values:
    """Mass times distance."""
    return {"tkm": activity_of(inputs)}


def activity_of(inputs: Inputs) -> Decimal:
    """Return the activity in tkm of one element."""
    mass_kg = inputs.amount("mass_kg", "mass", "kg")
    return transport.transport_activity(mass_kg, inputs.amount("distance_km", "km")).value
