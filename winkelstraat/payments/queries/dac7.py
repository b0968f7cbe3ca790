"""Each seller's year from what was really transferred to him (TAX-10, TAX-11)."""

from collections import defaultdict
from datetime import date, datetime, time

from django.utils import timezone

from dorpen.register.models import Enterprise
from winkelstraat.common.allocation import cumulative_share
from winkelstraat.payments.domain.dac7 import Quarter, Seller, quarter_of
from winkelstraat.payments.models import (
    Dac7Exclusion,
    ReversalState,
    ShopPaymentAccount,
    ShopTransfer,
    TransferReversal,
    TransferState,
)

NATURAL = ("eenmanszaak",)


def list_sellers(year: int) -> list[Seller]:
    """Return every seller who received money in a year (5 queries)."""
    first = timezone.make_aware(datetime.combine(date(year, 1, 1), time.min))
    last = timezone.make_aware(datetime.combine(date(year + 1, 1, 1), time.min))
    quarters: dict[int, dict[int, Quarter]] = defaultdict(lambda: defaultdict(Quarter))
    sent = ShopTransfer.objects.filter(
        state=TransferState.SENT, sent_at__gte=first, sent_at__lt=last
    ).select_related("part")
    for transfer in sent:
        part = transfer.part
        share = _share_of_fee(transfer.amount_cents, part.transfer_cents, part.fee_cents)
        _add(
            quarters[part.enterprise_id],
            transfer.sent_at,
            transfer.amount_cents + share,
            share,
            sales=0 if transfer.from_balance and part.transfer_cents > part.top_up_cents else 1,
        )
    back = TransferReversal.objects.filter(
        state=ReversalState.DONE, done_at__gte=first, done_at__lt=last
    ).select_related("transfer__part", "refund_part")
    for reversal in back:
        row = reversal.refund_part
        share = _share_of_fee(reversal.amount_cents, row.back_cents, row.fee_cents)
        enterprise = reversal.transfer.part.enterprise_id
        _add(quarters[enterprise], reversal.done_at, -reversal.amount_cents - share, -share)
    return [_seller(one, quarters[one.pk]) for one in _enterprises(list(quarters))]


def _share_of_fee(amount_cents: int, whole_cents: int, fee_cents: int) -> int:
    """Return the fee that goes with one transfer of a part."""
    return cumulative_share(fee_cents, 0, amount_cents, whole_cents) if whole_cents else 0


def _add(
    quarters: dict[int, Quarter],
    at: datetime | None,
    gross_cents: int,
    fee_cents: int,
    *,
    sales: int = 0,
) -> None:
    if at is None:
        return
    number = quarter_of(timezone.localdate(at))
    before = quarters[number]
    quarters[number] = Quarter(
        before.gross_cents + gross_cents, before.fee_cents + fee_cents, before.sales + sales
    )


def _enterprises(keys: list[int]) -> list[Enterprise]:
    found = Enterprise.objects.filter(pk__in=keys).select_related("village")
    return list(found.order_by("pk"))


def _seller(enterprise: Enterprise, quarters: dict[int, Quarter]) -> Seller:
    account = ShopPaymentAccount.objects.filter(enterprise=enterprise).first()
    excluded = Dac7Exclusion.objects.filter(enterprise=enterprise).first()
    return Seller(
        enterprise_id=enterprise.pk,
        name=enterprise.legal_name,
        address=enterprise.street_address,
        postcode=enterprise.postcode,
        place=enterprise.village.name,
        company_number=enterprise.kvk_number,
        vat_number=enterprise.vat_number,
        account=account.external_id if account else "",
        is_natural=enterprise.legal_form in NATURAL,
        excluded_because=excluded.reason if excluded else "",
        quarters=dict(quarters),
    )
