"""Read vouchers: what one promises, and what it does to a basket."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from winkelstraat.shop.domain.vouchers import (
    Discountable,
    FundedBy,
    VoucherProblem,
    VoucherTerms,
    find_problem,
    share_voucher,
)
from winkelstraat.shop.models import SellerProfile, Voucher, VoucherUse

if TYPE_CHECKING:
    from winkelstraat.shop.queries.basket_contents import BasketLine, BasketShop

LONGEST_CODE = 24


@dataclass(frozen=True)
class ChosenVoucher:
    """The voucher of a basket: what it takes off, or why nothing."""

    terms: VoucherTerms
    discount_cents: int
    problem: VoucherProblem | None

    @property
    def code(self) -> str:
        """The code as it was made."""
        return self.terms.code


@dataclass(frozen=True)
class VoucherRow:
    """One voucher as its shop sees it; the amount in cents or the percentage is None."""

    code: str
    amount_cents: int | None
    percentage: str
    minimum_cents: int
    valid_from: datetime
    valid_until: datetime
    uses: int
    uses_limit: int | None
    is_open: bool


def normalise_code(text: str) -> str:
    """Return a code as it is kept: capitals, no spaces."""
    return "".join(text.split()).upper()[:LONGEST_CODE]


def find_voucher(code: str) -> VoucherTerms | None:
    """Return what the voucher with this code promises (2 queries)."""
    voucher = Voucher.objects.filter(code=normalise_code(code)).first()
    return read_terms(voucher) if voucher else None


def get_terms(voucher_id: int) -> VoucherTerms:
    """Return what a voucher promises (2 queries)."""
    return read_terms(Voucher.objects.get(pk=voucher_id))


def read_terms(voucher: Voucher) -> VoucherTerms:
    """Return a voucher with the uses that are left; lock the voucher first to rely on them."""
    left = None
    if voucher.uses_limit is not None:
        used = VoucherUse.objects.filter(voucher=voucher, given_back_at=None).count()
        left = max(0, voucher.uses_limit - used)
    return VoucherTerms(
        voucher_id=voucher.pk,
        code=voucher.code,
        funded_by=FundedBy(voucher.funded_by),
        valid_from=voucher.valid_from,
        valid_until=voucher.valid_until,
        amount_cents=voucher.amount_cents,
        percentage_basis_points=voucher.percentage_basis_points,
        minimum_cents=voucher.minimum_cents,
        seller_id=voucher.seller_id,
        uses_left=left,
    )


def apply_voucher(
    terms: VoucherTerms, shops: Sequence["BasketShop"], *, now: datetime
) -> tuple[tuple["BasketShop", ...], ChosenVoucher]:
    """Return the shops with the discount in their lines, and what became of the voucher."""
    lines = [
        Discountable(shop.seller_id, line.line_cents, line.is_alcohol)
        for shop in shops
        for line in shop.lines
    ]
    problem = find_problem(terms, lines, now=now)
    if problem is not None:
        return tuple(shops), ChosenVoucher(terms, 0, problem)
    shares = share_voucher(terms, lines)
    left = iter(shares)
    discounted = tuple(
        replace(shop, lines=tuple(_discount(line, terms, next(left)) for line in shop.lines))
        for shop in shops
    )
    return discounted, ChosenVoucher(terms, sum(shares), None)


def _discount(line: "BasketLine", terms: VoucherTerms, cents: int) -> "BasketLine":
    if terms.funded_by == FundedBy.SHOP:
        return replace(line, shop_discount_cents=cents)
    return replace(line, platform_discount_cents=cents)


def list_vouchers(seller: SellerProfile, *, now: datetime) -> list[VoucherRow]:
    """Return the vouchers that a shop made itself, those that end last first (1 query)."""
    rows = Voucher.objects.filter(seller=seller, funded_by=FundedBy.SHOP).annotate(
        used=Count("uses", filter=Q(uses__given_back_at=None))
    )
    return [
        VoucherRow(
            code=row.code,
            amount_cents=row.amount_cents,
            percentage=f"{row.percentage_basis_points / 100:g}%".replace(".", ",")
            if row.percentage_basis_points
            else "",
            minimum_cents=row.minimum_cents,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            uses=row.used,
            uses_limit=row.uses_limit,
            is_open=row.valid_from <= now < row.valid_until,
        )
        for row in rows
    ]
