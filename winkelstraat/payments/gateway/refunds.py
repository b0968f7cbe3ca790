"""Refunds and disputes at Stripe: give back, look up, list."""

from datetime import UTC, datetime
from typing import Any, cast

from winkelstraat.payments.domain.reports import DisputeReport, RefundReport
from winkelstraat.payments.gateway.client import ask, client

OUR_NAME = "refund"
WON, LOST = ("won",), ("lost", "charge_refunded", "prevented")


def create_refund(params: dict[str, Any], key: str) -> RefundReport:
    """Give money back to a buyer; the same key gives the same refund."""
    api = client().v1.refunds
    refund = ask(lambda: api.create(cast(Any, params), {"idempotency_key": key}), writes=True)
    return _read_refund(refund)


def fetch_refund(refund_id: str) -> RefundReport:
    """Fetch a refund as it is now."""
    api = client().v1.refunds
    return _read_refund(ask(lambda: api.retrieve(refund_id)))


def list_refunds(intent_id: str) -> list[RefundReport]:
    """Return every refund of a payment, ours and others', oldest first."""
    api = client().v1.refunds
    params: Any = {"payment_intent": intent_id, "limit": 100}
    found = ask(lambda: list(api.list(params).auto_paging_iter()))
    return [_read_refund(refund) for refund in reversed(found)]


def find_refund(intent_id: str, reference: str) -> RefundReport | None:
    """Look for a refund by our own name for it (PAY-16)."""
    return next((one for one in list_refunds(intent_id) if one.reference == reference), None)


def list_disputes(intent_id: str) -> list[DisputeReport]:
    """Return the disputes over a payment, oldest first."""
    api = client().v1.disputes
    params: Any = {"payment_intent": intent_id, "limit": 100}
    found = ask(lambda: list(api.list(params).auto_paging_iter()))
    return [_read_dispute(dispute) for dispute in reversed(found)]


def _read_refund(refund: Any) -> RefundReport:
    metadata = refund.metadata.to_dict() if refund.metadata else {}
    return RefundReport(
        refund_id=refund.id,
        amount_cents=refund.amount,
        status=refund.status or "pending",
        created_at=datetime.fromtimestamp(refund.created, UTC),
        reference=str(metadata.get(OUR_NAME, "")),
        failure_reason=getattr(refund, "failure_reason", None) or "",
    )


def _read_dispute(dispute: Any) -> DisputeReport:
    movements = dispute.balance_transactions or []
    status = "won" if dispute.status in WON else "lost" if dispute.status in LOST else "open"
    due_by = dispute.evidence_details.due_by if dispute.evidence_details else None
    return DisputeReport(
        dispute_id=dispute.id,
        amount_cents=dispute.amount,
        withdrawn_cents=-sum(movement.amount for movement in movements),
        fee_cents=sum(movement.fee for movement in movements),
        status=status,
        reason=dispute.reason,
        opened_at=datetime.fromtimestamp(dispute.created, UTC),
        evidence_due_at=datetime.fromtimestamp(due_by, UTC) if due_by else None,
    )
