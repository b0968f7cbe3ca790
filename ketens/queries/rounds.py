"""Measured rounds of a chain, beside the figures that its sales are booked with."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.models import Chain, Round, RoundStop
from ketens.queries.wording import say_emission, say_number

NEWEST = 5
GRAM_METRES_PER_TONNE_KM = 10**9


@dataclass(frozen=True, slots=True)
class RoundsSum:
    """What measured rounds emitted, per tonne-kilometre too; links to the newest."""

    count: int
    emission_text: str
    intensity_text: str
    newest: tuple[tuple[str, str], ...]


def sum_rounds(chain: Chain) -> RoundsSum:
    """Return the measured rounds of a chain; three queries."""
    whole = Round.objects.filter(chain=chain).aggregate(
        number=Count("pk"), emission=Sum("emission_mg_co2e")
    )
    moved = RoundStop.objects.filter(round__chain=chain).aggregate(
        gram_metres=Sum(F("mass_g") * 1.0 * F("direct_m"))
    )["gram_metres"]
    newest = Round.objects.filter(chain=chain)[:NEWEST]
    return RoundsSum(
        count=whole["number"],
        emission_text=say_emission(whole["emission"] or 0),
        intensity_text=say_intensity(whole["emission"] or 0, moved or 0.0),
        newest=tuple(
            (f"{row.driven_on:%d-%m-%Y}", reverse("ketens:provenance", args=[row.public_id]))
            for row in newest
        ),
    )


def say_intensity(emission_mg: int, gram_metres: float) -> str:
    """Return kilograms of CO2e per tonne-kilometre, by the shortest way, two decimals."""
    if not gram_metres:
        return _("unknown")
    kilos = emission_mg / 1_000_000 / (gram_metres / GRAM_METRES_PER_TONNE_KM)
    return _("%(number)s kg CO₂e per tkm") % {"number": say_number(Decimal(str(kilos)), 2)}
