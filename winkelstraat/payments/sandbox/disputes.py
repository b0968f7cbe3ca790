"""Disputes: a card holder asks his bank for the money back; the platform answers or loses."""

from winkelstraat.payments.sandbox import books, rules
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.money import get
from winkelstraat.payments.sandbox.parameters import Params
from winkelstraat.payments.sandbox.store import Body, Store

REASONS = (
    "credit_not_processed",
    "duplicate",
    "fraudulent",
    "general",
    "product_not_received",
    "product_unacceptable",
    "unrecognized",
)
CARD = {
    "brand": "visa",
    "case_type": "chargeback",
    "network": "visa",
    "network_reason_code": "10.4",
}
OPEN = ("needs_response", "under_review")


def begin(store: Store, charge_id: str, reason: str = "fraudulent") -> Body:
    """Open a dispute over what is left of a card charge; iDEAL, Wero and Bancontact know none.

    :raises ApiError: 400 when the charge cannot be disputed.
    """
    charge = get(store, charge_id, "charge", "")
    if charge["payment_method_details"]["type"] != "card" or not charge["paid"]:
        raise ApiError(400, "Only a card payment can be disputed.")
    amount = charge["amount"] - charge["amount_refunded"]
    if charge["disputed"] or amount == 0:
        raise ApiError(400, "This charge was disputed before, or nothing of it is left.")
    if reason not in REASONS:
        raise ApiError(400, f"Unknown reason; choose from {', '.join(REASONS)}.")
    due_by = int(store.now()) + int(rules.rule(store, "evidence_s"))
    dispute = store.add(
        "dispute",
        "du",
        {
            "amount": amount,
            "balance_transactions": [],
            "charge": charge_id,
            "currency": charge["currency"],
            "enhanced_eligibility_types": [],
            "evidence": {"enhanced_evidence": {}},
            "evidence_details": {
                "due_by": due_by,
                "enhanced_eligibility": {},
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
                "submission_method": "not_submitted",
            },
            "is_charge_refundable": False,
            "metadata": {},
            "network_reason_code": "10.4",
            "payment_intent": charge["payment_intent"],
            "payment_method_details": {"type": "card", "card": CARD},
            "reason": reason,
            "status": "needs_response",
        },
    )
    store.save(charge | {"disputed": True})
    emit(store, "charge.dispute.created", dispute)
    _withdraw(store, dispute)
    store.plan(due_by, "evidence_over", dispute["id"])
    return dispute


def _withdraw(store: Store, dispute: Body) -> None:
    """Take the amount and the fee out of the platform's balance."""
    _book(store, dispute, -dispute["amount"], "dispute", int(rules.rule(store, "dispute_fee")))
    emit(store, "charge.dispute.funds_withdrawn", store.save(dispute))


def _book(store: Store, dispute: Body, amount: int, category: str, fee: int) -> None:
    name = books.book(
        store,
        books.Entry(
            kind="adjustment",
            category=category,
            amount=amount,
            fee=fee,
            source=dispute["id"],
            description=f"Chargeback for {dispute['charge']}",
        ),
    )
    dispute["balance_transactions"].append(books.find_entry(store, name))


def update(store: Store, name: str, params: Params) -> Body:
    """Add evidence; it goes to the card's bank unless `submit` is false."""
    dispute = get(store, name, "dispute")
    if dispute["status"] != "needs_response":
        raise ApiError(400, f"This dispute is {dispute['status']}.", begun=True)
    dispute["evidence"] |= params.get("evidence", {})
    dispute["metadata"] |= params.get("metadata", {})
    details = dispute["evidence_details"]
    given = set(dispute["evidence"]) - {"enhanced_evidence"}
    details["has_evidence"] = bool(given)
    if params.get("submit", "true") == "true" and given:
        details |= {"submission_count": 1, "submission_method": "manual"}
        dispute["status"] = "under_review"
        pause = float(rules.rule(store, "decision_s"))
        if pause:
            store.plan(store.now() + pause, "dispute_won", name)
    emit(store, "charge.dispute.updated", store.save(dispute))
    return dispute


def lose(store: Store, name: str) -> Body:
    """Let the buyer keep the money: because his bank says so, or because nobody answered."""
    dispute = _decide(store, name, "lost")
    emit(store, "charge.dispute.closed", dispute)
    return dispute


def win(store: Store, name: str) -> Body:
    """Give the platform its money back; the fee stays with the bank."""
    dispute = _decide(store, name, "won")
    dispute["is_charge_refundable"] = True
    _book(store, dispute, dispute["amount"], "dispute_reversal", 0)
    emit(store, "charge.dispute.funds_reinstated", store.save(dispute))
    emit(store, "charge.dispute.closed", dispute)
    return dispute


def _decide(store: Store, name: str, status: str) -> Body:
    dispute = get(store, name, "dispute")
    if dispute["status"] not in OPEN:
        raise ApiError(400, f"This dispute is {dispute['status']} already.", begun=True)
    dispute["status"] = status
    return store.save(dispute)


def give_up(store: Store, name: str) -> None:
    """Lose a dispute that nobody answered in time."""
    dispute = get(store, name, "dispute")
    if dispute["status"] == "needs_response":
        dispute["evidence_details"]["past_due"] = True
        store.save(dispute)
        lose(store, name)


def win_if_open(store: Store, name: str) -> None:
    """Win a dispute whose evidence was under review, when the rule decides by itself."""
    if get(store, name, "dispute")["status"] == "under_review":
        win(store, name)


def forbids_refund(store: Store, charge: Body) -> bool:
    """Tell whether a dispute that was not won stands in the way of a refund."""
    found = store.select("dispute", equals={"charge": charge["id"]})
    return any(dispute["status"] != "won" for dispute in found)
