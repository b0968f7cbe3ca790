"""Distances: the bases that go together, and what no vehicle drives.

An intensity holds for one way of measuring distance. The distance adjustment factor
(DAF) brings a shortest feasible or great circle distance to kilometres really driven,
and only for an intensity per kilometre really driven (ISO 14083:2023, GLEC v3).
"""

from decimal import Decimal

from ketens.domain.calculations.refusal import CalculationRefused

BASES = ("sfd", "gcd", "actual")
# GLEC v3 as quoted second-hand: unverified, so it can be replaced by an own factor.
DEFAULT_ROAD_DAF = Decimal("1.05")
FASTEST_ROAD_KMH = Decimal(130)
HEAVIEST_PIECE_KG = Decimal(50)


def distance_adjustment(
    *, distance_basis: str, intensity_basis: str, factor: Decimal | None = None
) -> Decimal:
    """Return what an activity is multiplied with before its intensity: 1 on one basis.

    :raises CalculationRefused: for an unknown basis, a factor where the bases agree, or
        bases that no factor brings together.
    """
    for basis in (distance_basis, intensity_basis):
        if basis not in BASES:
            raise CalculationRefused("unknown_basis", name=basis)
    if distance_basis == intensity_basis:
        if factor is not None and factor != 1:
            raise CalculationRefused("daf_not_allowed", basis=distance_basis)
        return Decimal(1)
    if intensity_basis != "actual":
        raise CalculationRefused("mixed_bases", distance=distance_basis, intensity=intensity_basis)
    if factor is None and distance_basis == "gcd":
        raise CalculationRefused("missing", name="daf")
    return DEFAULT_ROAD_DAF if factor is None else factor


def check_speed(distance_km: Decimal, hours: Decimal) -> None:
    """Refuse a drive that no van makes.

    :raises CalculationRefused: ``too_fast`` above 130 km an hour, ``zero`` without time.
    """
    if hours <= 0:
        raise CalculationRefused("zero", name="hours")
    if distance_km / hours > FASTEST_ROAD_KMH:
        raise CalculationRefused("too_fast", kmh=str(distance_km / hours))


def check_piece(mass_kg: Decimal, heaviest_kg: Decimal = HEAVIEST_PIECE_KG) -> None:
    """Refuse one piece that nobody can sell, such as a carrot of three tonnes.

    :raises CalculationRefused: ``zero`` or ``too_heavy``.
    """
    if mass_kg <= 0:
        raise CalculationRefused("zero", name="piece_kg")
    if mass_kg > heaviest_kg:
        raise CalculationRefused("too_heavy", kg=str(mass_kg), most=str(heaviest_kg))
