"""Tell a shop that its bank sent a payout back, once."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.payments.operations import mark_failure_told


@transaction.atomic
def mail_failed_payout(*, payout_id: int, now: datetime) -> None:
    """Send the shop one mail with what happened and what to do; twice is once."""
    payout = mark_failure_told(payout_id=payout_id, now=now)
    if payout is None:
        return
    enterprise = payout.account.enterprise
    context = {
        "shop": enterprise.trade_name,
        "amount_cents": payout.amount_cents,
        "address": f"{settings.SITE_ADDRESS}{reverse('desk:money')}",
    }
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("Your bank sent our payment back"),
            body=render_to_string("mail/payout_failed.txt", context),
            to=[enterprise.email],
            headers={"Message-ID": f"<payout.{payout.external_id}@winkelstraat>"},
        ).send()
