"""Write to the buyer."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Purchase
from winkelstraat.shop.models.purchases import PurchaseStatus
from winkelstraat.shop.queries.letters import get_letter
from winkelstraat.shop.queries.order_keys import get_order_key


@transaction.atomic
def mail_confirmation(*, purchase_id: int, now: datetime) -> bool:
    """Send the buyer one mail about a paid purchase; False when he has it, or nobody paid.

    The row is locked while the mail leaves, so that two workers send one. A mail that does
    not leave raises, marks nothing and is tried again; its Message-ID stays the same.
    """
    purchase = (
        Purchase.objects.select_for_update()
        .filter(pk=purchase_id, status=PurchaseStatus.PAID, confirmation_mailed_at__isnull=True)
        .first()
    )
    if purchase is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        build_confirmation(purchase).send()
    purchase.confirmation_mailed_at = now
    purchase.save(update_fields=["confirmation_mailed_at"])
    return True


def build_confirmation(purchase: Purchase) -> EmailMessage:
    """Return the confirmation in the active language, not yet sent."""
    address = reverse("shop:order_key", args=[purchase.number, get_order_key(purchase.number)])
    letter = get_letter(purchase)
    text = render_to_string(
        "mail/purchase.txt",
        {"letter": letter, "order_url": f"{settings.SITE_ADDRESS}{address}"},
    )
    return EmailMessage(
        subject=_("Your order %(number)s is paid") % {"number": purchase.number},
        body=text,
        to=[purchase.buyer_email],
        headers={"Message-ID": f"<{purchase.reference}@winkelstraat>"},
    )
