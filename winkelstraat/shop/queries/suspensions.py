"""Decisions about shops: what stands, what must be done, and what must be forgotten."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from winkelstraat.shop.domain.contracts import KEPT_AFTER_END
from winkelstraat.shop.models import SellerProfile, Suspension, SuspensionKind


def find_suspension(seller: SellerProfile) -> Suspension | None:
    """Return the decision that stands for a shop, or its last one."""
    return seller.suspensions.order_by(F("lifted_at").desc(nulls_first=True), "-pk").first()


def list_suspensions(*, limit: int = 100) -> list[Suspension]:
    """Return the decisions for staff, those that wait for a second look first."""
    rows = Suspension.objects.select_related("seller", "decided_by", "reviewed_by")
    found = list(rows[:limit])
    return sorted(found, key=lambda one: (one.lifted_at is not None, not waits(one)))


def waits(suspension: Suspension) -> bool:
    """Tell whether somebody must look at what a shop said."""
    return suspension.contested_at is not None and not suspension.review


def list_suspensions_due(*, now: datetime) -> list[int]:
    """Return the decisions whose time has come and that were not carried out."""
    due = _standing().filter(carried_out_at=None, effective_at__lte=now)
    return list(due.values_list("pk", flat=True))


def list_unmailed_suspensions() -> list[int]:
    """Return the decisions that a shop does not know of."""
    untold = Q(mailed_at=None) | (~Q(review="") & Q(review_mailed_at=None))
    return list(Suspension.objects.filter(untold).values_list("pk", flat=True))


def list_traders_to_forget(*, now: datetime) -> list[int]:
    """Return the contracts that ended six months ago."""
    ended = _standing().filter(
        kind=SuspensionKind.END,
        carried_out_at__isnull=False,
        forgotten_at=None,
        effective_at__lte=now - KEPT_AFTER_END,
    )
    return list(ended.values_list("pk", flat=True))


def _standing() -> QuerySet[Suspension]:
    return Suspension.objects.filter(lifted_at=None)
