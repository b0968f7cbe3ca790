"""What the chains keep: factors, chains, batches, bookings and calculations."""

from ketens.models.agreements import ChainAgreement, ChainChange, ChangeKind
from ketens.models.batches import Batch, BatchEntry, LinkCount, Weighing
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
from ketens.models.foods import FoodMatch, FootprintBasis, MatchQuality

__all__ = [
    "Batch",
    "BatchEntry",
    "BookedLine",
    "Calculation",
    "Chain",
    "ChainAgreement",
    "ChainChange",
    "ChainLink",
    "ChainMember",
    "ChainProduct",
    "ChainStatus",
    "ChangeKind",
    "Factor",
    "FactorSet",
    "FactorStatus",
    "FoodMatch",
    "FootprintBasis",
    "Leg",
    "LinkCount",
    "MatchQuality",
    "Role",
    "SaleBooking",
    "SocialWork",
    "Weighing",
]
