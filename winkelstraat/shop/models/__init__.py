"""The shop's own tables, beside Oscar's and never inside them (ADR 0001)."""

from winkelstraat.shop.models.complaints import (
    Complaint,
    ComplaintMessage,
    TermsFor,
    TermsMail,
    TermsVersion,
    Voice,
)
from winkelstraat.shop.models.feeds import OrderFeed
from winkelstraat.shop.models.imports import ImportRow, ImportRun, ImportState, Verdict
from winkelstraat.shop.models.joining import Application, ApplicationStatus
from winkelstraat.shop.models.listings import Listing, ListingPhoto
from winkelstraat.shop.models.notices import (
    Notice,
    NoticeStep,
    Outcome,
    Recall,
    RecallMail,
    StepKind,
)
from winkelstraat.shop.models.prices import PriceChange
from winkelstraat.shop.models.purchases import Purchase, SellerOrder, SellerOrderLine
from winkelstraat.shop.models.random_checks import CheckOutcome, RandomCheck
from winkelstraat.shop.models.sellers import OpeningHours, OrderOpening, SellerProfile
from winkelstraat.shop.models.sketches import ListingSketch
from winkelstraat.shop.models.stories import ShopStory
from winkelstraat.shop.models.substitutions import Substitution, SubstitutionStatus
from winkelstraat.shop.models.surplus import Surplus, SurplusLeft, SurplusStep
from winkelstraat.shop.models.suspensions import (
    Suspension,
    SuspensionKind,
    SuspensionReason,
    SuspensionReview,
)
from winkelstraat.shop.models.vouchers import BasketVoucher, Funding, Voucher, VoucherUse
from winkelstraat.shop.models.watches import SurplusWatch
from winkelstraat.shop.models.withdrawals import Withdrawal, WithdrawalLine

__all__ = [
    "Application",
    "ApplicationStatus",
    "BasketVoucher",
    "CheckOutcome",
    "Complaint",
    "ComplaintMessage",
    "Funding",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "Listing",
    "ListingPhoto",
    "ListingSketch",
    "Notice",
    "NoticeStep",
    "OpeningHours",
    "OrderFeed",
    "OrderOpening",
    "Outcome",
    "PriceChange",
    "Purchase",
    "RandomCheck",
    "Recall",
    "RecallMail",
    "SellerOrder",
    "SellerOrderLine",
    "SellerProfile",
    "ShopStory",
    "StepKind",
    "Substitution",
    "SubstitutionStatus",
    "Surplus",
    "SurplusLeft",
    "SurplusStep",
    "SurplusWatch",
    "Suspension",
    "SuspensionKind",
    "SuspensionReason",
    "SuspensionReview",
    "TermsFor",
    "TermsMail",
    "TermsVersion",
    "Verdict",
    "Voice",
    "Voucher",
    "VoucherUse",
    "Withdrawal",
    "WithdrawalLine",
]
