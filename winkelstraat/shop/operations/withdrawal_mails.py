"""Acknowledge a withdrawal to the buyer, and tell the shop (CON-07).

The moment in the mail is the moment of the statement, not of the mail.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import Withdrawal


@transaction.atomic
def mail_withdrawal(*, withdrawal_id: int, now: datetime) -> None:
    """Send the buyer his proof and the shop its notice, each once."""
    withdrawal = (
        Withdrawal.objects.select_for_update(of=("self",))
        .select_related("seller_order__seller__enterprise", "seller_order__purchase")
        .get(pk=withdrawal_id)
    )
    with translation.override(settings.LANGUAGE_CODE):
        if withdrawal.acknowledged_at is None:
            build_acknowledgement(withdrawal).send()
            withdrawal.acknowledged_at = now
        if withdrawal.shop_told_at is None:
            build_notice(withdrawal).send()
            withdrawal.shop_told_at = now
    withdrawal.save(update_fields=["acknowledged_at", "shop_told_at"])


@transaction.atomic
def remind_shop(*, withdrawal_id: int, now: datetime) -> None:
    """Tell a shop once, after ten days, that the money must be back soon."""
    withdrawal = (
        Withdrawal.objects.select_for_update(of=("self",))
        .filter(pk=withdrawal_id, reminded_at=None, settled_at=None)
        .select_related("seller_order__seller__enterprise", "seller_order__purchase")
        .first()
    )
    if withdrawal is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        build_reminder(withdrawal).send()
    withdrawal.reminded_at = now
    withdrawal.save(update_fields=["reminded_at"])


def build_reminder(withdrawal: Withdrawal) -> EmailMessage:
    """Return the reminder to the shop, not yet sent."""
    desk_url = f"{settings.SITE_ADDRESS}{reverse('desk:returns')}"
    return EmailMessage(
        subject=_("Pay order %(number)s back soon") % {"number": withdrawal.seller_order.number},
        body=render_to_string(
            "mail/withdrawal_reminder.txt", {**_context(withdrawal), "desk_url": desk_url}
        ),
        to=[withdrawal.seller_order.seller.enterprise.email],
        headers={"Message-ID": f"<{withdrawal.reference}.reminder@winkelstraat>"},
    )


def build_acknowledgement(withdrawal: Withdrawal) -> EmailMessage:
    """Return the proof with what, when and until when the money is back, not yet sent."""
    return EmailMessage(
        subject=_("You withdrew from order %(number)s")
        % {"number": withdrawal.seller_order.number},
        body=render_to_string("mail/withdrawal.txt", _context(withdrawal)),
        to=[withdrawal.email],
        headers={"Message-ID": f"<{withdrawal.reference}@winkelstraat>"},
    )


def build_notice(withdrawal: Withdrawal) -> EmailMessage:
    """Return the note to the shop, not yet sent."""
    return EmailMessage(
        subject=_("A buyer withdrew from order %(number)s")
        % {"number": withdrawal.seller_order.number},
        body=render_to_string("mail/withdrawal_shop.txt", _context(withdrawal)),
        to=[withdrawal.seller_order.seller.enterprise.email],
        headers={"Message-ID": f"<{withdrawal.reference}.shop@winkelstraat>"},
    )


def _context(withdrawal: Withdrawal) -> dict[str, Any]:
    return {
        "withdrawal": withdrawal,
        "order": withdrawal.seller_order,
        "shop": withdrawal.seller_order.seller,
        "stated_local": withdrawal.stated_at.astimezone(LOCAL).strftime("%d-%m-%Y %H:%M:%S"),
        "stated_utc": withdrawal.stated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lines": withdrawal.lines.select_related("line"),
    }
