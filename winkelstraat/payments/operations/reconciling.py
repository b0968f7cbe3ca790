"""Hold the euro ledger against the provider, payment by payment and in all (PAY-33)."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import TransferRow, get_balance, list_transfers_of
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.facts import Difference, Kind, compare, kind_of
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import PAST_SESSION, Payment, ReconciliationRun, ShopTransfer
from winkelstraat.payments.operations.booking import CLEARING, RETURNS, payment_source
from winkelstraat.payments.operations.movements import book_movements

alarm = logging.getLogger("winkelstraat.alarm")

HAS_MONEY = (PaymentState.PAID, PaymentState.NEEDS_REFUND, PaymentState.QUARANTINED)
FOLLOWING = (CLEARING, RETURNS)
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree about one payment, and the provider's objects nobody asked for."""

    purchase: str
    payment: str
    differences: tuple[Difference, ...]
    strangers: tuple[str, ...]

    def say(self) -> str:
        """Return one line that names the order and each difference in cents."""
        told = [
            f"{one.kind} differs by {one.cents:+d} cents"
            f" (provider {one.provider_cents}, ledger {one.ledger_cents})"
            for one in self.differences
        ]
        told += [f"{name} is unknown to us" for name in self.strangers]
        return f"{self.purchase} ({self.payment}): " + "; ".join(told)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The outcome; `balance_cents` at the provider and in the ledger when both were summed.

    What came in and is set apart is not booked, so it is counted beside the ledger.
    """

    checked: int
    findings: tuple[Finding, ...]
    provider_cents: int
    ledger_cents: int
    quarantined_cents: int

    @property
    def difference_cents(self) -> int:
        """Return how much more the provider has than the ledger and the quarantine explain."""
        return self.provider_cents - self.ledger_cents - self.quarantined_cents

    @property
    def agrees(self) -> bool:
        """Tell whether nothing differs anywhere."""
        return not self.findings and not self.difference_cents


def reconcile_payments(*, since: datetime, now: datetime) -> Reconciliation:
    """Compare every payment that was paid or changed since a moment; sound the alarm if not right.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer.
    """
    book_movements(since=since, now=now)
    findings: list[Finding] = []
    checked = 0
    keys = list(_touched(since).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        payments = list(Payment.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("pk"))
        books = _read_books(payments)
        for payment in payments:
            finding = _compare(payment, books[payment.pk])
            checked += 1
            if finding:
                findings.append(finding)
    result = _sum_up(checked, findings)
    ReconciliationRun.objects.create(
        ran_at=now,
        since=since,
        checked=checked,
        findings=[finding.say() for finding in findings],
        provider_cents=result.provider_cents,
        ledger_cents=result.ledger_cents,
        quarantined_cents=result.quarantined_cents,
    )
    for finding in result.findings:
        alarm.error("Reconciliation: %s", finding.say())
    if result.difference_cents:
        alarm.error("Reconciliation: the balance differs by %s cents.", result.difference_cents)
    return result


def _touched(since: datetime) -> QuerySet[Payment]:
    changed = (
        Q(paid_at__gte=since)
        | Q(state=PaymentState.QUARANTINED)
        | Q(refunds__created_at__gte=since)
        | Q(refunds__ended_at__gte=since)
        | Q(parts__transfers__sent_at__gte=since)
        | Q(disputes__opened_at__gte=since)
        | Q(disputes__closed_at__gte=since)
    )
    money = Payment.objects.filter(state__in=HAS_MONEY).filter(changed)
    return money.exclude(session_id__startswith=PAST_SESSION).distinct().order_by("pk")


def _read_books(payments: Iterable[Payment]) -> Mapping[int, Counter[Kind]]:
    """Return what the provider's accounts say of each payment, by kind."""
    owners: dict[str, int] = {}
    for payment in payments:
        owners[payment_source(payment)] = payment.pk
        owners |= {f"refund:{one.reference}": payment.pk for one in payment.refunds.all()}
        owners |= {f"dispute:{one.external_id}": payment.pk for one in payment.disputes.all()}
    books: dict[int, Counter[Kind]] = defaultdict(Counter)
    for row in list_transfers_of(sources=list(owners)):
        kind = kind_of(row.source, row.reason)
        if kind is not None:
            books[owners[row.source]][kind] += _on_clearing(row)
    return books


def _on_clearing(row: TransferRow) -> int:
    return row.amount * ((row.debit in FOLLOWING) - (row.credit in FOLLOWING))


def _compare(payment: Payment, books: Counter[Kind]) -> Finding | None:
    facts = gateway.fetch_facts(payment.charge_id, payment.intent_id, payment.transfer_group)
    if payment.state == PaymentState.QUARANTINED:
        return None
    known = payment.provider_fee_cents is not None
    differences = compare(facts.cents, books, fee_known=known or not facts.fee_known)
    strangers = _list_strangers(payment, facts)
    if not differences and not strangers:
        return None
    return Finding(
        purchase=payment.description,
        payment=str(payment.reference),
        differences=tuple(differences),
        strangers=tuple(strangers),
    )


def _list_strangers(payment: Payment, facts: gateway.ProviderFacts) -> list[str]:
    """Return transfers, refunds and reversals at the provider that we never asked for."""
    transfers = ShopTransfer.objects.filter(part__payment__purchase_ref=payment.purchase_ref)
    ours = {*transfers.values_list("external_id", flat=True)}
    ours |= {*transfers.values_list("reversals__external_id", flat=True)}
    ours |= {*payment.refunds.values_list("external_id", flat=True)}
    return sorted((facts.transfers | facts.refunds | facts.reversals) - ours)


def _sum_up(checked: int, findings: list[Finding]) -> Reconciliation:
    balance = gateway.fetch_balance()
    books = [get_balance(unit=Unit.CENTS, account=account).net for account in FOLLOWING]
    apart = Payment.objects.filter(state=PaymentState.QUARANTINED)
    return Reconciliation(
        checked=checked,
        findings=tuple(findings),
        provider_cents=balance.available_cents + balance.pending_cents,
        ledger_cents=sum(books),
        quarantined_cents=sum(apart.values_list("received_cents", flat=True)),
    )
