"""Transfers to shops at Stripe, and their reversals: create and look up."""

from typing import Any, cast

from winkelstraat.payments.domain.reports import ReversalReport
from winkelstraat.payments.domain.settlement import TransferReport
from winkelstraat.payments.gateway.client import ask, client, name_of


def create_transfer(params: dict[str, Any], key: str) -> TransferReport:
    """Transfer money to a shop; the same key gives the same transfer."""
    api = client().v1.transfers
    transfer = ask(lambda: api.create(cast(Any, params), {"idempotency_key": key}), writes=True)
    return _read_transfer(transfer)


def find_transfer(group: str, metadata: dict[str, str]) -> TransferReport | None:
    """Look for a transfer of one order by its metadata (PAY-16)."""
    api = client().v1.transfers
    found = ask(lambda: list(api.list({"transfer_group": group, "limit": 100}).auto_paging_iter()))
    for transfer in found:
        if (transfer.metadata or {}) and transfer.metadata.to_dict() == metadata:
            return _read_transfer(transfer)
    return None


def create_reversal(transfer_id: str, params: dict[str, Any], key: str) -> ReversalReport:
    """Take money of a transfer back from a shop; the same key gives the same reversal."""
    api = client().v1.transfers.reversals
    reversal = ask(
        lambda: api.create(transfer_id, cast(Any, params), {"idempotency_key": key}), writes=True
    )
    return ReversalReport(reversal.id, reversal.amount)


def find_reversal(transfer_id: str, metadata: dict[str, str]) -> ReversalReport | None:
    """Look for a reversal of a transfer by its metadata (PAY-16)."""
    api = client().v1.transfers.reversals
    found = ask(lambda: list(api.list(transfer_id, {"limit": 100}).auto_paging_iter()))
    for reversal in found:
        if reversal.metadata and reversal.metadata.to_dict() == metadata:
            return ReversalReport(reversal.id, reversal.amount)
    return None


def _read_transfer(transfer: Any) -> TransferReport:
    return TransferReport(
        transfer_id=transfer.id,
        amount_cents=transfer.amount,
        destination=name_of(transfer.destination),
    )
