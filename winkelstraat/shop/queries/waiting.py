"""What waits at a desk beside the orders: answers, money to give back, goods without a place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Complaint, SellerProfile, Surplus, Withdrawal
from winkelstraat.shop.queries.joining import Step, is_payable


@dataclass(frozen=True)
class Waiting:
    """How much of each kind waits for who looks; `refund_due_on` is the first day of all."""

    complaints: int
    refunds: int
    refund_due_on: date | None
    leftovers: int

    def __bool__(self) -> bool:
        return bool(self.complaints or self.refunds or self.leftovers)


def get_waiting(seller: SellerProfile) -> Waiting:
    """Return what waits, as far as this person may do something about it (1 query)."""
    own = SellerProfile.objects.filter(pk=seller.pk)
    complaints = Complaint.objects.filter(answered_at=None, closed_at=None)
    refunds = Withdrawal.objects.filter(in_time=True, settled_at=None)
    leftovers = Surplus.objects.filter(ended_at__isnull=False, settled_at=None)
    row = own.values(
        complaints=_count(complaints, "seller_order__seller"),
        refunds=_count(refunds, "seller_order__seller"),
        refund_due_on=_of(refunds, "seller_order__seller", Min("refund_due_on")),
        leftovers=_count(leftovers, "seller"),
    ).get()
    may_pay = seller.rights.may_open("returns")
    return Waiting(
        complaints=row["complaints"] or 0,
        refunds=(row["refunds"] or 0) if may_pay else 0,
        refund_due_on=row["refund_due_on"] if may_pay else None,
        leftovers=(row["leftovers"] or 0) if seller.rights.may_open("surplus") else 0,
    )


def list_first_steps(seller: SellerProfile) -> list[Step]:
    """Return what a shop must still arrange before it sells, by who may do it (2 queries)."""
    steps = (
        Step(_("Opening hours and how buyers get it"), bool(seller.hours_checked_on), "desk:times"),
        Step(_("Where your money goes"), is_payable(seller), "desk:money"),
        Step(_("Your first product"), seller.listings.exists(), "desk:offer_new"),
    )
    may_open = seller.rights.may_open
    return [
        step for step in steps if not step.is_done and may_open(step.page.removeprefix("desk:"))
    ]


def _count(rows: QuerySet[Any], shop: str) -> Subquery:
    return _of(rows, shop, Count("pk"))


def _of(rows: QuerySet[Any], shop: str, what: Count | Min) -> Subquery:
    own = rows.filter(**{shop: OuterRef("pk")}).order_by().values(shop)
    return Subquery(own.annotate(found=what).values("found"))
