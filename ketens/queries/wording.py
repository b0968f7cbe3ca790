"""How amounts are said: the unit that a person can picture, and never too many digits."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.domain.measures import Measure
from ketens.models import SocialWork
from winkelstraat.common.money import format_cents

UNKNOWN = gettext_lazy("unknown")

QUALITY_WORDS: dict[int, Promise] = {
    1: gettext_lazy("measured on this round"),
    2: gettext_lazy("measured over a year"),
    3: gettext_lazy("modelled: kilometres times consumption"),
    4: gettext_lazy("average per kilometre of the vehicle"),
    5: gettext_lazy("average per tonne and kilometre"),
}

UNKNOWN_WORDS: dict[str, Promise] = {
    "no_mass": gettext_lazy("the weight is not known"),
    "no_factor": gettext_lazy("there is no factor for that day"),
    "no_distance": gettext_lazy("the distance is not known"),
    "no_load": gettext_lazy("the load of the vehicle is not known"),
    "no_consumption": gettext_lazy("the consumption of the vehicle is not known"),
}

UNIT_WORDS: dict[str, Promise] = {
    "cents": gettext_lazy("money, in cents"),
    "grams": gettext_lazy("goods, in grams"),
    "mg_co2e": gettext_lazy("emission, in milligrams of CO₂e"),
    "minutes": gettext_lazy("work, in minutes"),
    "metres": gettext_lazy("distance, in metres"),
}
LABELS: dict[Measure, Promise] = {
    Measure.GOODS: gettext_lazy("goods handed over"),
    Measure.EMISSION: gettext_lazy("CO₂e from transport"),
    Measure.DISTANCE: gettext_lazy("vehicle kilometres for these goods"),
    Measure.WORK: gettext_lazy("social work"),
    Measure.TURNOVER: gettext_lazy("paid through the street"),
}


def say_number(value: Decimal | int, digits: int = 0) -> str:
    """Return a number with `digits` decimals in the reader's notation."""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(value).quantize(step, rounding=ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=digits, force_grouping=True)


def say_grams(grams: int) -> str:
    """Return grams or kilos: 400 g, 12,4 kg, 1.240 kg."""
    if grams < 1000:
        return f"{say_number(grams)} g"
    kilos = Decimal(grams) / 1000
    return f"{say_number(kilos, 1 if kilos < 100 else 0)} kg"


def say_emission(milligrams: int) -> str:
    """Return grams or kilos of CO2 equivalent."""
    grams = Decimal(milligrams) / 1000
    if 0 < milligrams < 50:
        return _("less than 0.1 g CO₂e")
    if grams < 1000:
        return f"{say_number(grams, 1 if 0 < grams < 10 else 0)} g CO₂e"
    kilos = grams / 1000
    return f"{say_number(kilos, 1 if kilos < 100 else 0)} kg CO₂e"


def say_metres(metres: int) -> str:
    """Return metres or kilometres."""
    if metres < 1000:
        return f"{say_number(metres)} m"
    kilometres = Decimal(metres) / 1000
    return f"{say_number(kilometres, 1 if kilometres < 100 else 0)} km"


def say_work(minutes: int) -> str:
    """Return whole tens of hours; fewer are told as fewer than ten, never exactly."""
    hours = (minutes + 300) // 600 * 10
    if minutes < 600:
        return _("fewer than 10 hours")
    return _("about %(hours)s hours") % {"hours": say_number(hours)}


def say(measure: Measure, amount: int | None) -> str:
    """Return an amount of a measure in words, or that it is unknown."""
    if amount is None:
        return str(UNKNOWN)
    speak = {
        Measure.GOODS: say_grams,
        Measure.EMISSION: say_emission,
        Measure.DISTANCE: say_metres,
        Measure.WORK: say_work,
        Measure.TURNOVER: format_cents,
    }[measure]
    return speak(amount)


def trim(value: Decimal) -> str:
    """Return a decimal with only the digits that it needs."""
    exponent = value.normalize().as_tuple().exponent
    return say_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def say_rate(work: SocialWork) -> str:
    """Return a rate of work, as in 6 minutes per kilo."""
    if work.minutes_per_kg is not None:
        return _("%(minutes)s min per kilo") % {"minutes": trim(work.minutes_per_kg)}
    return _("%(minutes)s min per piece") % {"minutes": trim(work.minutes_per_piece or Decimal(0))}


def say_factor(value: Decimal, unit: str) -> str:
    """Return a factor as value and unit, as in 1,326 kg CO₂e per tkm."""
    readable = unit.replace("kgCO2e", "kg CO₂e").replace("/", _(" per "))
    return f"{trim(value)} {readable}"
