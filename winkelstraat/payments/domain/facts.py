"""One payment's euros on both sides, by kind, so that a difference has a name (PAY-33)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What moved the platform's balance; money that came in is above zero."""

    CHARGE = "charge"
    FEE = "fee"
    REFUND = "refund"
    TRANSFER = "transfer"
    REVERSAL = "reversal"
    DISPUTE = "dispute"
    DISPUTE_FEE = "dispute fee"


@dataclass(frozen=True, slots=True)
class Difference:
    """What the provider has and what the ledger has of one kind, in cents."""

    kind: str
    provider_cents: int
    ledger_cents: int

    @property
    def cents(self) -> int:
        """Return by how much the provider has more."""
        return self.provider_cents - self.ledger_cents


def compare(
    provider: Mapping[Kind, int], ledger: Mapping[Kind, int], *, fee_known: bool = True
) -> list[Difference]:
    """Return each kind on which the two differ; a fee that nobody told yet is no difference."""
    kinds: Iterable[Kind] = [kind for kind in Kind if fee_known or kind is not Kind.FEE]
    return [
        Difference(kind, provider.get(kind, 0), ledger.get(kind, 0))
        for kind in kinds
        if provider.get(kind, 0) != ledger.get(kind, 0)
    ]


def kind_of(source: str, reason: str) -> Kind | None:
    """Return what a posting on the provider's accounts stands for, by how it is named."""
    domain, first = source.split(":", 1)[0], reason.split(":", 1)[0]
    names = {
        ("payment", "payable"): Kind.CHARGE,
        ("payment", "commission"): Kind.CHARGE,
        ("payment", "refundable"): Kind.CHARGE,
        ("payment", "provider-fee"): Kind.FEE,
        ("payment", "transfer"): Kind.TRANSFER,
        ("refund", "sent"): Kind.REFUND,
        ("refund", "returned"): Kind.REFUND,
        ("refund", "reversal"): Kind.REVERSAL,
        ("dispute", "withdrawn"): Kind.DISPUTE,
        ("dispute", "fee"): Kind.DISPUTE_FEE,
    }
    return names.get((domain, first))
