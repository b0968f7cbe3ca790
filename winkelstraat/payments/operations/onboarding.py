"""Let a shop be paid: its account at the provider, and what that may do now (PAY-03, PAY-04)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from dorpen.register.models import Enterprise
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.payments import gateway
from winkelstraat.payments.domain.accounts import AccountReport
from winkelstraat.payments.models import ShopPaymentAccount, TransfersStatus
from winkelstraat.payments.operations.transferring import connect_account, key_prefix

NATURAL = ("eenmanszaak",)
WAS_CONNECTED = (TransfersStatus.ACTIVE, TransfersStatus.INACTIVE)


def begin_onboarding(
    *, enterprise_id: int, refresh_url: str, return_url: str, now: datetime
) -> str:
    """Return a fresh way to the provider's page, making the shop's account if it has none.

    Call it outside a transaction; addresses are paths of this site. The link works once
    and is kept nowhere.

    :raises GatewayError: when the provider does not answer or refuses; nothing changed then.
    """
    account = _find(enterprise_id)
    if account is None:
        account = _create(Enterprise.objects.get(pk=enterprise_id), now)
    address = gateway.open_account_link(
        account.external_id,
        refresh_url=f"{settings.SITE_ADDRESS}{refresh_url}",
        return_url=f"{settings.SITE_ADDRESS}{return_url}",
    )
    about = Thing("enterprise", enterprise_id, str(account.enterprise))
    record(action=Audited.ONBOARDING_STARTED, about=about)
    return address


def refresh_account(*, external_id: str, now: datetime) -> bool:
    """Fetch a shop's account and write down what it may do now; False when it is not ours.

    Call it outside a transaction. Coming back from the provider's page, or a report, says
    only that something changed; what is true is fetched.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    account = ShopPaymentAccount.objects.filter(external_id=external_id).first()
    if account is None:
        return False
    _write(account.enterprise_id, gateway.fetch_account(external_id), now)
    return True


def refresh_shop(*, enterprise_id: int, now: datetime) -> None:
    """Fetch what a shop's account may do now, if it has one.

    :raises GatewayError: when the provider does not answer; nothing changed then.
    """
    account = _find(enterprise_id)
    if account is not None:
        refresh_account(external_id=account.external_id, now=now)


def _find(enterprise_id: int) -> ShopPaymentAccount | None:
    return ShopPaymentAccount.objects.filter(
        enterprise_id=enterprise_id, livemode=settings.STRIPE_LIVE_MODE
    ).first()


def _create(enterprise: Enterprise, now: datetime) -> ShopPaymentAccount:
    """Make the account; two people at once make the same one, because the key is the same."""
    key = f"{key_prefix()}:enterprise:{enterprise.pk}:account"
    return _write(enterprise.pk, gateway.create_account(account_params(enterprise), key), now)


def account_params(enterprise: Enterprise) -> dict[str, Any]:
    """Return what the provider is told of a shop; the rest it asks the shop itself.

    Losses and fees are the platform's: that is what one payment over several shops asks
    for (PAY-03).
    """
    kind = "individual" if enterprise.legal_form in NATURAL else "company"
    return {
        "display_name": enterprise.trade_name,
        "contact_email": enterprise.email,
        "dashboard": "express",
        "identity": {"country": "nl", "entity_type": kind},
        "configuration": {
            "recipient": {
                "capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}
            }
        },
        "defaults": {
            "responsibilities": {
                "fees_collector": "application",
                "losses_collector": "application",
            }
        },
        "metadata": {"platform": settings.PAYMENTS_PLATFORM, "enterprise": str(enterprise.pk)},
    }


@transaction.atomic
def _write(enterprise_id: int, report: AccountReport, now: datetime) -> ShopPaymentAccount:
    known = ShopPaymentAccount.objects.select_for_update().filter(external_id=report.account_id)
    before = known.values_list("transfers_status", flat=True).first()
    account = connect_account(
        enterprise_id=enterprise_id,
        external_id=report.account_id,
        transfers_status=_status(report, before),
        now=now,
    )
    account.requirements = list(report.needs)
    account.save(update_fields=["requirements"])
    return account


def _status(report: AccountReport, before: str | None) -> str:
    if report.can_receive:
        return TransfersStatus.ACTIVE
    gone = report.is_closed or before in WAS_CONNECTED
    return TransfersStatus.INACTIVE if gone else TransfersStatus.PENDING
