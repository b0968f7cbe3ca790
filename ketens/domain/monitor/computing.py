"""How measures are computed from parts: one plain function each, None when not known."""

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from ketens.domain import pedigree
from ketens.domain.monitor.measures import Compute, Factors
from ketens.domain.monitor.parts import SET_END, Amount, Family, Parts
from ketens.domain.transport import Quality
from ketens.domain.uncertainty import Z95, Lognormal, sum_independent
from ketens.domain.waste import Rung, is_food_waste

# Variance of the logarithm of an emission, by how it was found (METHOD.md, Uncertainty):
# scores of the pedigree matrix on the basic uncertainty of burned fuel, and for a default
# per tonne-kilometre the basic uncertainty of transport services (GSD2 of 2.0).
TRANSPORT_SERVICES = (Decimal(2).ln() / 2) ** 2
SCORES = {
    Quality.MEASURED_ROUND: (1, 1, 1, 1, 1),
    Quality.MEASURED_YEAR: (1, 2, 1, 1, 2),
    Quality.MODELLED: (3, 3, 1, 2, 3),
    Quality.DEFAULT_PER_VKM: (4, 3, 1, 2, 4),
    Quality.DEFAULT_PER_TKM: (4, 3, 1, 2, 4),
}


def variance_of(quality: Quality) -> Decimal:
    """Return the variance of ln(emission) for a quality of data."""
    basic = TRANSPORT_SERVICES if quality is Quality.DEFAULT_PER_TKM else pedigree.BASIC_VARIANCE
    return sum(pedigree.variances_of(SCORES[quality]), basic)


VARIANCES = {quality: variance_of(quality) for quality in SCORES}
# Of an interval; far more than the two that a screen shows, and exponents stay fast.
DIGITS = 19
# How far the upper end lies above the median: computed once, since exponents are slow.
UPPER = {quality: Lognormal(Decimal(1), variance).high for quality, variance in VARIANCES.items()}


def whole(name: str, *, known: str = "") -> Compute:
    """Return a measure that is one number; unknown while the part `known` is nought."""

    def compute(parts: Parts, _factors: Factors) -> Amount | None:
        if known and not parts[known] and not parts[name]:
            return None
        return Amount(parts[name])

    return compute


def count(name: str) -> Compute:
    """Return a measure that counts different members of a family; nobody is 0."""
    return lambda parts, _factors: Amount(parts.count(name))


def on_rungs(wanted: Callable[[Rung], bool], family: str = "left_over_g_by_rung") -> Compute:
    """Return the grams on some rungs; unknown when nothing was counted at all."""

    def compute(parts: Parts, _factors: Factors) -> Amount | None:
        if not parts["entries"]:
            return None
        rungs = parts.family(family)
        return Amount(sum(grams for rung, grams in rungs.items() if wanted(Rung(int(rung)))))

    return compute


def is_waste(rung: Rung) -> bool:
    """Tell whether a rung is food waste by the EU definition: 6 to 10."""
    return is_food_waste(rung)


def is_rescue(rung: Rung) -> bool:
    """Tell whether a rung still feeds people or animals: 2 to 4."""
    return Rung.HUMAN_FOOD <= rung <= Rung.ANIMAL_FEED


def emission(parts: Parts, _factors: Factors) -> Amount | None:
    """Return the transport emission with its interval.

    What was found with one factor errs together, over lines, places and months, so it is
    added up first; only different factors err apart.
    """
    if not parts["with_emission"] and not parts["emission_mg"]:
        return None
    low, high = interval_by_factor(parts.family("emission_mg_by_factor"))
    return Amount(parts["emission_mg"], low, high)


def interval_by_factor(family: Family) -> tuple[int | None, int | None]:
    """Return the 95% interval of milligrams by ``set|factor/quality``, in whole numbers.

    Versions of one factor in several sets err together as well.
    """
    by_factor: dict[str, dict[Quality, int]] = {}
    for key, milligrams in family.items():
        factor, quality = key.split(SET_END)[-1].rsplit("/", 1)
        if milligrams > 0:
            told = by_factor.setdefault(factor, {})
            told[Quality(int(quality))] = told.get(Quality(int(quality)), 0) + milligrams
    if not by_factor:
        return None, None
    with localcontext() as context:
        context.prec = DIGITS
        return outwards(sum_independent([err_together(told) for told in by_factor.values()]))


def err_together(told: Mapping[Quality, int]) -> Lognormal:
    """Return the sum of milligrams that rise and fall as one, whose upper ends add up exactly.

    That is a little wider than a spread by weight (`sum_together`) when the quality of the
    data differs, and never narrower than if each erred by itself.
    """
    median = Decimal(sum(told.values()))
    if len(told) == 1:
        return Lognormal(median, VARIANCES[next(iter(told))])
    high = sum((milligrams * UPPER[quality] for quality, milligrams in told.items()), Decimal(0))
    return Lognormal(median, ((high / median).ln() / Z95) ** 2)


def outwards(amount: Lognormal) -> tuple[int, int]:
    """Return both ends of an interval, rounded so that it never gets narrower."""
    low = amount.low.quantize(Decimal(1), rounding=ROUND_FLOOR)
    return int(low), int(amount.high.quantize(Decimal(1), rounding=ROUND_CEILING))


def mass_weighted_distance(parts: Parts, _factors: Factors) -> Amount | None:
    """Return the metres that a gram travelled: sum of mass x distance over the sum of mass."""
    mass = parts["mass_with_way_g"]
    if not mass:
        return None
    metres = Decimal(parts["mass_distance_gm"]) / mass
    return Amount(int(metres.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def from_releases(_parts: Parts, _factors: Factors) -> Amount | None:
    """Return nothing: these figures are read from releases of work only."""
    return None
