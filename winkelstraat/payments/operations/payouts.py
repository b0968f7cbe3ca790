"""Follow what shops are paid out to their bank, read-only (PAY-23)."""

import logging
from datetime import datetime

from django.db import transaction

from winkelstraat.common.announcer import announce
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.accounts import PayoutReport
from winkelstraat.payments.events import PayoutFailed
from winkelstraat.payments.models import Payout, PayoutStatus, ShopPaymentAccount, ShopTransfer

alarm = logging.getLogger("winkelstraat.alarm")


def take_in_payout(*, account_id: str, payout_id: str, now: datetime) -> bool:
    """Fetch a payout of a shop and write it down; False when the account is not ours.

    Call it outside a transaction.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    account = ShopPaymentAccount.objects.filter(external_id=account_id).first()
    if account is None:
        return False
    _write(account, gateway.fetch_payout(account_id, payout_id), now)
    return True


def take_in_payouts(*, account_id: str, since: datetime, now: datetime) -> int:
    """Fetch every payout of a shop since a moment; return how many there are.

    :raises GatewayError: when the provider does not answer; what was written stays.
    """
    names = gateway.list_payouts(account_id, since)
    for name in names:
        take_in_payout(account_id=account_id, payout_id=name, now=now)
    return len(names)


@transaction.atomic
def mark_failure_told(*, payout_id: int, now: datetime) -> Payout | None:
    """Return a failed payout and note that its shop is told, or None when it was told before."""
    payout = (
        Payout.objects.select_for_update(of=("self",))
        .select_related("account__enterprise")
        .get(pk=payout_id)
    )
    if payout.status != PayoutStatus.FAILED or payout.told_failed_at is not None:
        return None
    payout.told_failed_at = now
    payout.save(update_fields=["told_failed_at"])
    return payout


@transaction.atomic
def _write(account: ShopPaymentAccount, report: PayoutReport, now: datetime) -> None:
    ShopPaymentAccount.objects.select_for_update().get(pk=account.pk)
    before = Payout.objects.filter(external_id=report.payout_id).first()
    payout, _is_new = Payout.objects.update_or_create(
        external_id=report.payout_id,
        defaults={
            "account": account,
            "amount_cents": report.amount_cents,
            "status": report.status,
            "failure_code": report.failure_code[:60],
            "created_at": report.created_at,
            "arrives_on": report.arrives_on,
        },
    )
    payout.transfers.set(
        ShopTransfer.objects.filter(
            external_id__in=report.transfers, part__enterprise_id=account.enterprise_id
        )
    )
    failed_now = before is None or before.status != PayoutStatus.FAILED
    if payout.status == PayoutStatus.FAILED and failed_now:
        announce(PayoutFailed(payout.pk, account.enterprise_id, now))
        alarm.error("Payout %s came back: %s.", payout.external_id, payout.failure_code)
