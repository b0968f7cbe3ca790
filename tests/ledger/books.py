"""Small postings for the ledger's tests."""

from datetime import UTC, date, datetime

from winkelstraat.ledger.operations import Posting, Unit, post_transfers

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def posting(reason: str, amount: int = 100, **changes: object) -> Posting:
    """A transfer of cents from the bank to a shop."""
    fields: dict[str, object] = {
        "unit": Unit.CENTS,
        "debit": "shop:1:payable",
        "credit": "stripe:clearing",
        "amount": amount,
        "source": "test",
        "reason": reason,
        "activity_date": TODAY,
        **changes,
    }
    return Posting(**fields)  # type: ignore[arg-type]


def post(*postings: Posting) -> list[int]:
    """Post at the tests' moment."""
    return post_transfers(postings=postings, now=NOW)
