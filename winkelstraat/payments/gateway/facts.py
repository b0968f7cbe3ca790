"""Everything that Stripe knows of one payment, as it stands now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from winkelstraat.payments.domain.facts import Kind
from winkelstraat.payments.gateway.client import ask, client, whole
from winkelstraat.payments.gateway.refunds import list_disputes

GONE = ("failed", "canceled")


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """Cents per kind, as they moved the platform's balance, and the names behind them."""

    cents: Mapping[Kind, int]
    fee_known: bool
    transfers: frozenset[str]
    refunds: frozenset[str]
    reversals: frozenset[str]


def fetch_facts(charge_id: str, intent_id: str, group: str) -> ProviderFacts:
    """Fetch a payment's charge, refunds, transfers with their reversals, and disputes."""
    cents: Counter[Kind] = Counter()
    fee_known = _add_charge(cents, charge_id) if charge_id else True
    refunds = _list_refunds(intent_id) if intent_id else []
    transfers = _list_transfers(group)
    cents[Kind.REFUND] -= sum(refund.amount for refund in refunds if refund.status not in GONE)
    cents[Kind.TRANSFER] -= sum(transfer.amount for transfer in transfers)
    cents[Kind.REVERSAL] += sum(transfer.amount_reversed for transfer in transfers)
    for dispute in list_disputes(intent_id) if intent_id else []:
        cents[Kind.DISPUTE] -= dispute.withdrawn_cents
        cents[Kind.DISPUTE_FEE] -= dispute.fee_cents
    return ProviderFacts(
        cents=cents,
        fee_known=fee_known,
        transfers=frozenset(transfer.id for transfer in transfers),
        refunds=frozenset(refund.id for refund in refunds),
        reversals=frozenset(
            reversal.id for transfer in transfers for reversal in transfer.reversals.data
        ),
    )


def _add_charge(cents: Counter[Kind], charge_id: str) -> bool:
    """Count a charge and its fee; False while the fee is not known."""
    api = client().v1.charges
    charge = ask(lambda: api.retrieve(charge_id, {"expand": ["balance_transaction"]}))
    cents[Kind.CHARGE] += charge.amount if charge.status == "succeeded" else 0
    movement = whole(charge.balance_transaction)
    if movement is None:
        return False
    cents[Kind.FEE] -= movement.fee
    return True


def _list_refunds(intent_id: str) -> list[Any]:
    api = client().v1.refunds
    params: Any = {"payment_intent": intent_id, "limit": 100}
    return ask(lambda: list(api.list(params).auto_paging_iter()))


def _list_transfers(group: str) -> list[Any]:
    api = client().v1.transfers
    params: Any = {"transfer_group": group, "limit": 100}
    return ask(lambda: list(api.list(params).auto_paging_iter()))
