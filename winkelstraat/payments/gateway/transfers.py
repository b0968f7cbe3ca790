"""Transfers to shops at Stripe: create and look up."""

from typing import Any, cast

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


def _read_transfer(transfer: Any) -> TransferReport:
    return TransferReport(
        transfer_id=transfer.id,
        amount_cents=transfer.amount,
        destination=name_of(transfer.destination),
    )
