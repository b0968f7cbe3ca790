"""Tell a buyer that he gets money back, once for each refund."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.payments.operations import ToTell, take_refund_to_tell
from winkelstraat.shop.models import Purchase


@transaction.atomic
def mail_refund(*, refund_id: int, now: datetime) -> None:
    """Send the buyer one mail about one refund; twice is once."""
    told = take_refund_to_tell(refund_id=refund_id, now=now)
    if told is None:
        return
    purchase = Purchase.objects.get(reference=told.purchase_ref)
    with translation.override(settings.LANGUAGE_CODE):
        build_refund_mail(purchase, told).send()


def build_refund_mail(purchase: Purchase, told: ToTell) -> EmailMessage:
    """Return the mail with how much comes back, for what and when, not yet sent."""
    context = {"purchase": purchase, "refund": told.refund}
    return EmailMessage(
        subject=_("You get money back of order %(number)s") % {"number": purchase.number},
        body=render_to_string("mail/refund.txt", context),
        to=[purchase.buyer_email],
        headers={"Message-ID": f"<refund.{told.reference}@winkelstraat>"},
    )
