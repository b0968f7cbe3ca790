"""What can stand for a line that a shop cannot deliver, and what was proposed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.models import (
    Listing,
    Purchase,
    SellerOrderLine,
    SellerProfile,
    Substitution,
    SubstitutionStatus,
)
from winkelstraat.shop.models.listings import AlcoholClass, ListingStatus
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.queries.desk import name_buyer
from winkelstraat.shop.queries.wording import amount_text

MOST_CHOICES = 30


@dataclass(frozen=True)
class Substitute:
    """Something of the shop that can stand for a line; the price of one in cents."""

    listing_id: int
    title: str
    amount_text: str
    price_cents: int
    available: int


@dataclass(frozen=True)
class UndeliveredLine:
    """A line that a shop may not be able to deliver, with what can stand for it."""

    line_id: int
    number: str
    buyer_name: str
    title: str
    amount_text: str
    price_cents: int
    left: int
    cancelled: int
    substitutes: tuple[Substitute, ...]


@dataclass(frozen=True)
class Proposal:
    """What the buyer is asked: this instead of that, and until when he may answer."""

    id: int
    number: str
    shop_name: str
    quantity: int
    old_title: str
    new_title: str
    new_amount_text: str
    back_cents: int
    message: str
    answer_until: datetime


def get_undelivered_line(
    seller: SellerProfile, *, number: str, line_id: int, now: datetime
) -> UndeliveredLine | None:
    """Return one line of the shop's own open order, or None."""
    line = (
        SellerOrderLine.objects.filter(
            pk=line_id,
            seller_order__seller=seller,
            seller_order__number=number,
            seller_order__status__in=(SellerOrderStatus.PAID, SellerOrderStatus.READY),
        )
        .select_related("seller_order__purchase", "listing")
        .first()
    )
    if line is None:
        return None
    return UndeliveredLine(
        line_id=line.pk,
        number=number,
        buyer_name=name_buyer(seller, line.seller_order.purchase.buyer_name, done_at=None, now=now),
        title=line.title,
        amount_text=line.amount_text,
        price_cents=line.price_cents,
        left=line.quantity - line.cancelled_quantity,
        cancelled=line.cancelled_quantity,
        substitutes=()
        if line.seller_order.purchase.pays_at_counter
        else tuple(list_substitutes(line, quantity=1)),
    )


def list_substitutes(line: SellerOrderLine, *, quantity: int) -> list[Substitute]:
    """Return what of the same shop can stand for a line, the nearest price first (1 query).

    The rate of VAT, the deposit and the terms of withdrawal stay those of the contract;
    alcohol comes only for alcohol (PRD-03), and nothing that must be weighed.
    """
    record = "product__stockrecords__"
    found = Listing.objects.filter(
        seller_id=line.listing.seller_id,
        status=ListingStatus.PUBLISHED,
        vat_class=line.vat_class,
        deposit_cents=line.listing.deposit_cents,
        withdrawal_class=line.withdrawal_class,
        sold_by_weight=False,
    ).exclude(pk=line.listing_id)
    if line.listing.alcohol_class == AlcoholClass.NONE:
        found = found.filter(alcohol_class=AlcoholClass.NONE)
    rows = found.annotate(
        available=F(f"{record}num_in_stock") - F(f"{record}num_allocated")
    ).filter(available__gte=quantity)
    nearest = sorted(rows[:200], key=lambda row: (abs(row.price_cents - line.price_cents), row.pk))
    return [
        Substitute(
            listing_id=row.pk,
            title=row.title,
            amount_text=amount_text(row.net_quantity, row.net_unit, row.pieces),
            price_cents=row.price_cents,
            available=row.available,
        )
        for row in nearest[:MOST_CHOICES]
    ]


def list_proposals(purchase: Purchase, *, now: datetime) -> list[Proposal]:
    """Return what the buyer of a purchase is asked now (1 query)."""
    found = open_proposals(now).filter(line__seller_order__purchase=purchase)
    return [build_proposal(one) for one in found.select_related("line__seller_order__seller")]


def open_proposals(now: datetime) -> QuerySet[Substitution]:
    """Return the proposals that can still be answered."""
    return Substitution.objects.filter(status=SubstitutionStatus.PROPOSED, answer_until__gt=now)


def build_proposal(substitution: Substitution) -> Proposal:
    """Return one proposal in the words of its buyer; dearer costs him nothing."""
    line = substitution.line
    cheaper = max(0, line.price_cents - substitution.price_cents)
    return Proposal(
        id=substitution.pk,
        number=line.seller_order.number,
        shop_name=line.seller_order.seller.name,
        quantity=substitution.quantity,
        old_title=line.title,
        new_title=substitution.title,
        new_amount_text=substitution.amount_text,
        back_cents=cheaper * substitution.quantity,
        message=substitution.message,
        answer_until=substitution.answer_until.astimezone(LOCAL),
    )


def list_lapsed_substitutions(*, at: datetime, limit: int) -> list[int]:
    """Return proposals whose time to answer is over."""
    found = Substitution.objects.filter(status=SubstitutionStatus.PROPOSED, answer_until__lte=at)
    return list(found.order_by("answer_until").values_list("pk", flat=True)[:limit])


def list_unasked(*, before: datetime, limit: int) -> list[int]:
    """Return proposals made before a moment of which no mail has left."""
    found = Substitution.objects.filter(
        status=SubstitutionStatus.PROPOSED, mailed_at__isnull=True, proposed_at__lte=before
    )
    return list(found.order_by("proposed_at").values_list("pk", flat=True)[:limit])
