"""A payment's whole story, for staff: every command, report, transfer and posting in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winkelstraat.ledger.queries import list_transfers_of
from winkelstraat.payments.models import (
    Dispute,
    Payment,
    PaymentCommand,
    ReconciliationRun,
    Refund,
    RefundState,
    ShopTransfer,
    TransferReversal,
    WebhookEvent,
)

KIND_WORDS: Mapping[str, Promise] = {
    "payment": gettext_lazy("payment"),
    "command": gettext_lazy("command"),
    "report": gettext_lazy("report"),
    "transfer": gettext_lazy("transfer"),
    "refund": gettext_lazy("refund"),
    "reversal": gettext_lazy("reversal"),
    "dispute": gettext_lazy("dispute"),
    "posting": gettext_lazy("posting"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened; `cents` is None where no money is meant."""

    at: datetime
    kind: str
    text: str
    state: str
    reference: str
    cents: int | None = None
    problem: str = ""

    @property
    def kind_text(self) -> str:
        """Return the kind in a word."""
        return str(KIND_WORDS[self.kind])


@dataclass(frozen=True, slots=True)
class RefundRow:
    """A refund that staff may have to do something about."""

    id: int
    amount_cents: int
    state: str
    reason: str
    is_open: bool
    came_back: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """One shop's part: what was paid, kept and transferred, and what can still go back."""

    seller_order_ref: str
    shop: str
    paid_cents: int
    fee_cents: int
    transfer_cents: int
    given_back_cents: int


@dataclass(frozen=True, slots=True)
class PaymentStory:
    """Everything about one payment on one page."""

    id: int
    reference: UUID
    purchase_ref: UUID
    description: str
    state: str
    state_text: str
    state_reason: str
    amount_cents: int
    received_cents: int
    given_back_cents: int
    method: str
    parts: tuple[PartRow, ...]
    refunds: tuple[RefundRow, ...]
    moments: tuple[Moment, ...]

    @property
    def is_set_apart(self) -> bool:
        """Tell whether staff must decide over it."""
        return self.state == "quarantined"


def get_story(payment_id: int) -> PaymentStory | None:
    """Return the story of a payment, oldest first, or None."""
    payment = Payment.objects.filter(pk=payment_id).first()
    if payment is None:
        return None
    refunds = list(payment.refunds.order_by("created_at", "pk"))
    moments = [
        *_beginnings(payment),
        *_commands(payment),
        *_reports(payment),
        *_transfers(payment),
        *_goings_back(payment, refunds),
        *_postings(payment, refunds),
    ]
    return PaymentStory(
        id=payment.pk,
        reference=payment.reference,
        purchase_ref=payment.purchase_ref,
        description=payment.description,
        state=payment.state,
        state_text=payment.get_state_display(),
        state_reason=payment.state_reason,
        amount_cents=payment.amount_cents,
        received_cents=payment.received_cents,
        given_back_cents=sum(refund.amount_cents for refund in refunds),
        method=payment.method,
        parts=_parts(payment),
        refunds=tuple(_refund(refund) for refund in refunds),
        moments=tuple(sorted(moments, key=lambda moment: moment.at)),
    )


def find_payments(words: str, *, limit: int = 50) -> list[Payment]:
    """Return payments by order number, by the provider's name of anything of them, or the newest.

    Those that wait for a person come first.
    """
    found = Payment.objects.all()
    words = words.strip()
    if words:
        wanted = (
            Q(description__icontains=words)
            | Q(session_id=words)
            | Q(intent_id=words)
            | Q(charge_id=words)
            | Q(parts__transfers__external_id=words)
            | Q(refunds__external_id=words)
        )
        return list(found.filter(wanted).distinct().order_by("-opened_at")[:limit])
    waits = (
        Q(state="quarantined")
        | Q(refunds__is_open=True)
        | Q(refunds__state__in=(RefundState.FAILED, RefundState.CANCELLED))
        | Q(commands__state="halted")
        | Q(disputes__state="open")
    )
    first = list(found.filter(waits).distinct().order_by("-opened_at")[:limit])
    newest = found.exclude(pk__in=[one.pk for one in first]).order_by("-opened_at")
    return first + list(newest[: limit - len(first)])


def get_last_reconciliation() -> ReconciliationRun | None:
    """Return the last comparison with the provider, or None when there was none."""
    return ReconciliationRun.objects.first()


def _beginnings(payment: Payment) -> list[Moment]:
    told = [(payment.opened_at, _("Opened")), (payment.paid_at, _("Paid"))]
    told.append((payment.ended_at, _("Ended")))
    return [
        Moment(
            at,
            "payment",
            text,
            payment.get_state_display(),
            str(payment.reference),
            payment.amount_cents,
        )
        for at, text in told
        if at is not None
    ]


def _commands(payment: Payment) -> list[Moment]:
    rows = PaymentCommand.objects.filter(payment=payment).order_by("pk")
    return [
        Moment(
            at=row.first_sent_at or row.created_at,
            kind="command",
            text=row.get_kind_display(),
            state=row.get_state_display(),
            reference=row.sent_key,
            cents=row.params.get("amount"),
            problem=row.last_error,
        )
        for row in rows
    ]


def _reports(payment: Payment) -> list[Moment]:
    names = [payment.session_id, payment.intent_id, payment.charge_id]
    names += payment.refunds.values_list("external_id", flat=True)
    names += payment.disputes.values_list("external_id", flat=True)
    rows = WebhookEvent.objects.filter(object_id__in=[name for name in names if name])
    return [
        Moment(
            row.received_at,
            "report",
            row.type,
            row.get_state_display(),
            row.event_id,
            problem=row.last_error,
        )
        for row in rows
    ]


def _transfers(payment: Payment) -> list[Moment]:
    rows = ShopTransfer.objects.filter(part__payment=payment).select_related("part__enterprise")
    return [
        Moment(
            at=row.sent_at or row.released_at or payment.paid_at or payment.opened_at,
            kind="transfer",
            text=row.part.enterprise.trade_name,
            state=row.get_state_display(),
            reference=row.external_id,
            cents=row.amount_cents,
        )
        for row in rows
    ]


def _goings_back(payment: Payment, refunds: list[Refund]) -> list[Moment]:
    moments = [
        Moment(
            row.created_at,
            "refund",
            row.reason or row.get_kind_display(),
            row.get_state_display(),
            row.external_id,
            row.amount_cents,
            row.failure_reason,
        )
        for row in refunds
    ]
    reversals = TransferReversal.objects.filter(refund_part__refund__in=refunds).select_related(
        "transfer__part__enterprise", "refund_part__refund"
    )
    moments += [
        Moment(
            row.done_at or row.owed_since or row.refund_part.refund.created_at,
            "reversal",
            row.transfer.part.enterprise.trade_name,
            row.get_state_display(),
            row.external_id,
            row.amount_cents,
        )
        for row in reversals
    ]
    return moments + [
        Moment(
            row.opened_at,
            "dispute",
            row.reason,
            row.get_state_display(),
            row.external_id,
            row.amount_cents,
        )
        for row in Dispute.objects.filter(payment=payment)
    ]


def _postings(payment: Payment, refunds: list[Refund]) -> list[Moment]:
    sources = [f"payment:{payment.reference}", *(f"refund:{one.reference}" for one in refunds)]
    sources += [
        f"dispute:{name}" for name in payment.disputes.values_list("external_id", flat=True)
    ]
    return [
        Moment(
            row.booked_at,
            "posting",
            f"{row.debit} ← {row.credit}",
            row.reason,
            str(row.id),
            row.amount,
        )
        for row in list_transfers_of(sources=sources)
    ]


def _parts(payment: Payment) -> tuple[PartRow, ...]:
    rows = payment.parts.select_related("enterprise").prefetch_related("refund_parts")
    return tuple(
        PartRow(
            seller_order_ref=row.seller_order_ref,
            shop=row.enterprise.trade_name,
            paid_cents=row.paid_cents,
            fee_cents=row.fee_cents,
            transfer_cents=row.transfer_cents,
            given_back_cents=sum(back.amount_cents for back in row.refund_parts.all()),
        )
        for row in rows.order_by("sequence")
    )


def _refund(refund: Refund) -> RefundRow:
    return RefundRow(
        id=refund.pk,
        amount_cents=refund.amount_cents,
        state=refund.get_state_display(),
        reason=refund.reason,
        is_open=refund.is_open,
        came_back=refund.state in (RefundState.FAILED, RefundState.CANCELLED),
    )
