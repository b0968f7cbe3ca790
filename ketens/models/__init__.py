"""What the chains keep: factors, chains, bookings and calculations."""

from ketens.models.bookings import BookedLine, Calculation, SaleBooking
from ketens.models.chains import (
    Chain,
    ChainLink,
    ChainMember,
    ChainProduct,
    ChainStatus,
    Leg,
    Role,
    SocialWork,
)
from ketens.models.factors import Factor, FactorSet, FactorStatus

__all__ = [
    "BookedLine",
    "Calculation",
    "Chain",
    "ChainLink",
    "ChainMember",
    "ChainProduct",
    "ChainStatus",
    "Factor",
    "FactorSet",
    "FactorStatus",
    "Leg",
    "Role",
    "SaleBooking",
    "SocialWork",
]
