"""Book what moved the platform's balance outside any payment: top-ups, payouts, fees (PAY-33)."""

from datetime import datetime

from winkelstraat.payments import gateway
from winkelstraat.payments.operations.booking import RETURNS, Move, move
from winkelstraat.payments.operations.fees import FEES
from winkelstraat.payments.operations.refund_books import BANK

ACCOUNTS = {"topup": BANK, "topup_reversal": BANK, "payout": BANK, "payout_failure": BANK}
OWN_FEES = ("stripe_fee", "stripe_fx_fee", "network_cost", "tax_fee")


def book_movements(*, since: datetime, now: datetime) -> int:
    """Fetch and book the movements since a moment, each once; return how many there were.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    count = 0
    for found in gateway.list_movements(since):
        account = FEES if found.kind in OWN_FEES else ACCOUNTS.get(found.kind)
        if account is None:
            continue
        moves: list[Move] = [
            (RETURNS, account, found.amount_cents, "amount"),
            (FEES, RETURNS, found.fee_cents, "fee"),
        ]
        move(f"movement:{found.movement_id}", moves, now=found.at, memo=found.source_id)
        count += 1
    return count
