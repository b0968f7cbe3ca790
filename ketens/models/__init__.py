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
from ketens.models.claims import Claim, ClaimEvidence, ClaimStatus, ClaimVersion
from ketens.models.factors import Factor, FactorSet, FactorStatus
from ketens.models.foods import FoodMatch, FootprintBasis, MatchQuality
from ketens.models.impactpad import (
    ImpactPad,
    LevelClaim,
    LevelStatus,
    PadPublication,
    PadVersion,
)
from ketens.models.monitor import (
    FigureRelease,
    GroupedProduct,
    MonitorMonth,
    ProductGroup,
    ReleasedFigure,
)
from ketens.models.profiles import (
    ProfileAnswer,
    ProfileInvitation,
    ProfileRound,
    QuestionnaireVersion,
)
from ketens.models.releases import Baseline, WorkRelease
from ketens.models.reports import YearReport
from ketens.models.rollups import CoverageDay, FlowDay
from ketens.models.rounds import MonthConfirmation, Round, RoundStop
from ketens.models.signals import Signal, SignalStatus, SignalStep
from ketens.models.snapshots import ProfileRelease, ProfileSnapshot
from ketens.models.steering import (
    ActionState,
    ActionStatus,
    AgendaAction,
    HandCount,
    NoteSubject,
    StaffNote,
)
from ketens.models.targets import Target
from ketens.models.work import (
    Block,
    BlockStep,
    EvidenceKind,
    Obligation,
    Placement,
    Region,
    StackedBlock,
    StackedMonth,
    WorkMonth,
)

__all__ = [
    "ActionState",
    "ActionStatus",
    "AgendaAction",
    "Baseline",
    "Batch",
    "BatchEntry",
    "Block",
    "BlockStep",
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
    "Claim",
    "ClaimEvidence",
    "ClaimStatus",
    "ClaimVersion",
    "CoverageDay",
    "EvidenceKind",
    "Factor",
    "FactorSet",
    "FactorStatus",
    "FigureRelease",
    "FlowDay",
    "FoodMatch",
    "FootprintBasis",
    "GroupedProduct",
    "HandCount",
    "ImpactPad",
    "Leg",
    "LevelClaim",
    "LevelStatus",
    "LinkCount",
    "MatchQuality",
    "MonitorMonth",
    "MonthConfirmation",
    "NoteSubject",
    "Obligation",
    "PadPublication",
    "PadVersion",
    "Placement",
    "ProductGroup",
    "ProfileAnswer",
    "ProfileInvitation",
    "ProfileRelease",
    "ProfileRound",
    "ProfileSnapshot",
    "QuestionnaireVersion",
    "Region",
    "ReleasedFigure",
    "Role",
    "Round",
    "RoundStop",
    "SaleBooking",
    "Signal",
    "SignalStatus",
    "SignalStep",
    "SocialWork",
    "StackedBlock",
    "StackedMonth",
    "StaffNote",
    "Target",
    "Weighing",
    "WorkMonth",
    "WorkRelease",
    "YearReport",
]
