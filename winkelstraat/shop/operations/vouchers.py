"""Choose, use and give back vouchers; a use is counted under the voucher's lock (SEC-04)."""

from datetime import datetime

from django.db import transaction

from winkelstraat.shop.domain.refusals import VoucherRefused
from winkelstraat.shop.domain.vouchers import FundedBy, VoucherProblem, VoucherTerms
from winkelstraat.shop.models import BasketVoucher, Purchase, SellerProfile, Voucher, VoucherUse
from winkelstraat.shop.queries.baskets import get_basket
from winkelstraat.shop.queries.vouchers import find_voucher, normalise_code, read_terms


@transaction.atomic
def choose_voucher(*, basket_id: int, code: str, now: datetime) -> int:
    """Put the one voucher of an order on a basket; return what it takes off, in cents.

    :raises VoucherRefused: when it takes nothing off; what was chosen before stays.
    """
    terms = find_voucher(code)
    if terms is None:
        raise VoucherRefused(VoucherProblem.UNKNOWN)
    before = BasketVoucher.objects.filter(basket_id=basket_id).first()
    BasketVoucher.objects.update_or_create(
        basket_id=basket_id, defaults={"voucher_id": terms.voucher_id}
    )
    chosen = get_basket(basket_id=basket_id, now=now).voucher
    problem = chosen.problem if chosen else VoucherProblem.OTHER_SHOP
    if chosen is None or problem is not None:
        BasketVoucher.objects.filter(basket_id=basket_id).delete()
        if before is not None:
            before.save(force_insert=True)
        raise VoucherRefused(problem or VoucherProblem.OTHER_SHOP, terms.minimum_cents)
    return chosen.discount_cents


@transaction.atomic
def drop_voucher(*, basket_id: int) -> None:
    """Take the voucher off a basket."""
    BasketVoucher.objects.filter(basket_id=basket_id).delete()


def lock_voucher(*, terms: VoucherTerms) -> None:
    """Lock a voucher until the end of the transaction, with a use left.

    :raises VoucherRefused: when others used it up meanwhile.
    """
    voucher = Voucher.objects.select_for_update().get(pk=terms.voucher_id)
    left = read_terms(voucher).uses_left
    if left is not None and left <= 0:
        raise VoucherRefused(VoucherProblem.USED_UP)


def write_use(*, terms: VoucherTerms, purchase: Purchase, amount_cents: int, now: datetime) -> None:
    """Note that a purchase uses the locked voucher."""
    VoucherUse.objects.create(
        voucher_id=terms.voucher_id, purchase=purchase, amount_cents=amount_cents, used_at=now
    )


def give_use_back(*, purchase: Purchase, now: datetime) -> None:
    """Let a voucher be used again: its purchase was not paid."""
    VoucherUse.objects.filter(purchase=purchase, given_back_at=None).update(given_back_at=now)


def take_use_again(*, purchase: Purchase) -> bool:
    """Use the voucher of a purchase that is paid after all; False when it is used up."""
    use = VoucherUse.objects.filter(purchase=purchase).exclude(given_back_at=None).first()
    if use is None:
        return True
    voucher = Voucher.objects.select_for_update().get(pk=use.voucher_id)
    left = read_terms(voucher).uses_left
    if left is not None and left <= 0:
        return False
    VoucherUse.objects.filter(pk=use.pk).update(given_back_at=None)
    return True


@transaction.atomic
def make_shop_voucher(
    *,
    seller: SellerProfile,
    code: str,
    amount_cents: int | None,
    percentage_basis_points: int | None,
    limits: tuple[int, int | None],
    valid: tuple[datetime, datetime],
) -> Voucher:
    """Let a shop make a voucher for itself; `limits` are the least cents and the most uses.

    :raises VoucherRefused: when the code exists already.
    """
    kept = normalise_code(code)
    if Voucher.objects.filter(code=kept).exists():
        raise VoucherRefused(VoucherProblem.UNKNOWN)
    return Voucher.objects.create(
        code=kept,
        funded_by=FundedBy.SHOP,
        seller=seller,
        amount_cents=amount_cents,
        percentage_basis_points=percentage_basis_points,
        minimum_cents=limits[0],
        uses_limit=limits[1],
        valid_from=valid[0],
        valid_until=valid[1],
    )
