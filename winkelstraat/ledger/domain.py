"""The five units that a village's trade is counted in."""

from enum import StrEnum


class Unit(StrEnum):
    """What one ledger counts; amounts are whole numbers of it."""

    CENTS = "cents"
    GRAMS = "grams"
    MG_CO2E = "mg_co2e"
    MINUTES = "minutes"
    METRES = "metres"
