"""Judge a provider's report against what was asked (PAY-08, PAY-11, PAY-12).

The report is the state of things as fetched, never what a webhook says; so the answer
depends on what is true now, and not on the order in which news arrived.
"""

from dataclasses import dataclass, field

from winkelstraat.payments.domain.states import PaymentState

GIVEN_BACK_ELSEWHERE = "it was given back at the provider before we heard of it"


@dataclass(frozen=True, slots=True)
class CheckoutReport:
    """A pay page and the payment behind it, as they stand at the provider.

    `session_status` is open, complete or expired; amounts are cents; `method` is a free
    word, because methods come and go (PAY-09).
    """

    session_id: str
    session_status: str
    payment_status: str
    currency: str
    livemode: bool
    url: str = ""
    intent_id: str = ""
    intent_status: str = ""
    amount_received: int = 0
    amount_refunded: int = 0
    charge_id: str = ""
    method: str = ""
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def is_paid(self) -> bool:
        """Tell whether the provider holds the money."""
        return self.payment_status == "paid" or self.intent_status == "succeeded"


@dataclass(frozen=True, slots=True)
class TransferReport:
    """A transfer as it stands at the provider; the amount is in cents."""

    transfer_id: str
    amount_cents: int
    destination: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the snapshot says that must be paid."""

    amount_cents: int
    currency: str
    livemode: bool
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a payment should become, and why if something is wrong."""

    state: PaymentState
    reason: str = ""


def judge(expected: Expectation, report: CheckoutReport) -> Verdict:
    """Return what the report makes of the payment."""
    if report.is_paid:
        wrong = find_mismatch(expected, report)
        if wrong:
            return Verdict(PaymentState.QUARANTINED, wrong)
        if report.amount_refunded >= report.amount_received:
            return Verdict(PaymentState.NEEDS_REFUND, GIVEN_BACK_ELSEWHERE)
        return Verdict(PaymentState.PAID)
    if report.session_status == "expired":
        return Verdict(PaymentState.EXPIRED)
    if report.session_status == "complete":
        if report.intent_status in ("processing", "requires_action", "requires_capture"):
            return Verdict(PaymentState.PENDING)
        return Verdict(PaymentState.FAILED, f"payment intent {report.intent_status}")
    return Verdict(PaymentState.CREATED)


def find_mismatch(expected: Expectation, report: CheckoutReport) -> str:
    """Return what does not agree with the snapshot, in words, or nothing."""
    if report.amount_received != expected.amount_cents:
        return f"received {report.amount_received} cents, asked {expected.amount_cents}"
    if report.currency != expected.currency:
        return f"received {report.currency}, asked {expected.currency}"
    if report.livemode != expected.livemode:
        return "live and test money are mixed up"
    for name, value in expected.metadata.items():
        if report.metadata.get(name) != value:
            return f"metadata '{name}' belongs to another purchase"
    return ""
