"""A shop's money as its desk shows it: earned, on its way, held and why, paid out, owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import (
    PaymentPart,
    Payout,
    RefundPart,
    ReversalState,
    ShopPaymentAccount,
    ShopTransfer,
    TransferReversal,
    TransfersStatus,
    TransferState,
)

PAYOUTS_SHOWN = 20
ON_ITS_WAY_SHOWN = 50

NEED_WORDS: Mapping[str, Promise] = {
    "external_account": _("your bank account number (IBAN)"),
    "identity.individual.documents.primary_verification": _("a photo of your passport or ID card"),
    "identity.attestations.terms_of_service.account": _("your word on the terms"),
    "identity.individual.given_name": _("your first name"),
    "identity.individual.surname": _("your last name"),
    "identity.individual.date_of_birth": _("your date of birth"),
    "identity.individual.address": _("your address"),
    "identity.business_details.registered_name": _("the name of your company"),
    "identity.business_details.id_numbers": _("your Chamber of Commerce number"),
}
OTHER_NEED: Promise = _("something else; the payment service tells what")


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """One part that did not reach the shop's account yet; `due_at` is the latest moment."""

    order: str
    cents: int
    why: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One payout with the orders in it."""

    cents: int
    status: str
    status_text: str
    arrives_on: date
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoneyDesk:
    """Everything on the page, in cents; `needs` is empty when the shop can be paid."""

    week_cents: int
    month_cents: int
    on_its_way_cents: int
    on_its_way: tuple[OnItsWay, ...]
    debt_cents: int
    payouts: tuple[PayoutRow, ...]
    has_account: bool
    can_receive: bool
    needs: tuple[str, ...]


def get_money_desk(enterprise_id: int, *, now: datetime) -> MoneyDesk:
    """Return a shop's money (8 queries)."""
    account = ShopPaymentAccount.objects.filter(
        enterprise_id=enterprise_id, livemode=settings.STRIPE_LIVE_MODE
    ).first()
    held = [TransferState.SENT, TransferState.CANCELLED]
    waiting = ShopTransfer.objects.filter(part__enterprise_id=enterprise_id).exclude(state__in=held)
    owed = TransferReversal.objects.filter(
        transfer__part__enterprise_id=enterprise_id, state=ReversalState.OWED
    )
    return MoneyDesk(
        week_cents=_earned(enterprise_id, now - timedelta(days=7)),
        month_cents=_earned(enterprise_id, now - timedelta(days=30)),
        on_its_way_cents=waiting.aggregate(cents=Sum("amount_cents"))["cents"] or 0,
        on_its_way=tuple(
            OnItsWay(
                order=transfer.part.seller_order_ref,
                cents=transfer.amount_cents,
                why=str(transfer.get_state_display()),
                due_at=transfer.due_at,
            )
            for transfer in waiting.select_related("part").order_by("due_at")[:ON_ITS_WAY_SHOWN]
        ),
        debt_cents=owed.aggregate(cents=Sum("amount_cents"))["cents"] or 0,
        payouts=_payouts(account),
        has_account=account is not None,
        can_receive=account is not None and account.transfers_status == TransfersStatus.ACTIVE,
        needs=tuple(
            str(NEED_WORDS.get(need, OTHER_NEED))
            for need in (account.requirements if account else ())
        ),
    )


def _earned(enterprise_id: int, since: datetime) -> int:
    """Return what the shop is due since a moment, less what it gave back."""
    parts = PaymentPart.objects.filter(
        enterprise_id=enterprise_id,
        payment__state=PaymentState.PAID,
        payment__paid_at__gte=since,
    )
    due = parts.aggregate(cents=Sum("transfer_cents"))["cents"] or 0
    back = RefundPart.objects.filter(
        part__enterprise_id=enterprise_id, refund__created_at__gte=since
    ).aggregate(cents=Sum("back_cents"))["cents"]
    return due - (back or 0)


def _payouts(account: ShopPaymentAccount | None) -> tuple[PayoutRow, ...]:
    if account is None:
        return ()
    transfers = Prefetch("transfers", ShopTransfer.objects.select_related("part"))
    rows = Payout.objects.filter(account=account).prefetch_related(transfers)
    return tuple(
        PayoutRow(
            cents=row.amount_cents,
            status=row.status,
            status_text=str(row.get_status_display()),
            arrives_on=row.arrives_on,
            orders=tuple(sorted({one.part.seller_order_ref for one in row.transfers.all()})),
        )
        for row in rows[:PAYOUTS_SHOWN]
    )
