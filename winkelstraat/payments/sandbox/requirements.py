"""What Stripe still wants to know of an account, and what that keeps from it.

The names of requirements are assumptions; only that an empty list means ready is relied on.
"""

from winkelstraat.payments.sandbox.store import Body

BANK_ACCOUNT = "external_account"
DOCUMENT = "identity.individual.documents.primary_verification"
PERSONAL = (
    "identity.individual.given_name",
    "identity.individual.surname",
    "identity.individual.date_of_birth",
    "identity.individual.address",
    DOCUMENT,
)
BUSINESS = ("identity.business_details.registered_name", "identity.business_details.id_numbers")
TERMS = "identity.attestations.terms_of_service.account"
TRANSFERS, PAYOUTS = "stripe_balance.stripe_transfers", "stripe_balance.payouts"


def first_needs(entity_type: str) -> list[str]:
    """Return what a new account has to give."""
    business = BUSINESS if entity_type not in ("", "individual") else ()
    return [*business, *PERSONAL, TERMS, BANK_ACCOUNT]


def entry(description: str, *, status: str = "currently_due", by_stripe: bool = False) -> Body:
    """Return one requirement as version 2 shows it."""
    restricted = [PAYOUTS] if status == "past_due" else [TRANSFERS, PAYOUTS]
    return {
        "awaiting_action_from": "stripe" if by_stripe else "user",
        "description": description,
        "errors": [],
        "impact": {
            "restricts_capabilities": [
                {
                    "capability": capability,
                    "configuration": "recipient",
                    "deadline": {"status": status},
                }
                for capability in restricted
            ]
        },
        "minimum_deadline": {"status": status},
        "reference": None,
        "requested_reasons": [{"code": "routine_onboarding"}],
    }


def as_requirements(entries: list[Body]) -> Body:
    """Return the requirements of an account with their summary."""
    strictest = "past_due" if any(_status(e) == "past_due" for e in entries) else "currently_due"
    summary = {"minimum_deadline": {"status": strictest, "time": None}} if entries else None
    return {"alternatives": [], "entries": entries, "summary": summary}


def _status(found: Body) -> str:
    status: str = found["minimum_deadline"]["status"]
    return status


def open_needs(account: Body) -> list[str]:
    """Return the names of what the account's owner must still give."""
    entries = account["requirements"]["entries"]
    return [e["description"] for e in entries if e["awaiting_action_from"] == "user"]
