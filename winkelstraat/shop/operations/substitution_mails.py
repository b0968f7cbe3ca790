"""Ask the buyer by mail whether he wants something else, once for each proposal."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Purchase, Substitution, SubstitutionStatus
from winkelstraat.shop.queries.order_keys import get_order_key
from winkelstraat.shop.queries.substitutes import build_proposal


@transaction.atomic
def mail_proposal(*, substitution_id: int, now: datetime) -> None:
    """Send the question while it can still be answered; twice is once."""
    substitution = (
        Substitution.objects.select_for_update(of=("self",))
        .filter(status=SubstitutionStatus.PROPOSED, mailed_at__isnull=True)
        .select_related("line__seller_order__purchase", "line__seller_order__seller")
        .filter(pk=substitution_id)
        .first()
    )
    if substitution is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        build_question(substitution).send()
    substitution.mailed_at = now
    substitution.save(update_fields=["mailed_at"])


def build_question(substitution: Substitution) -> EmailMessage:
    """Return the mail with what, until when and where to answer, not yet sent."""
    purchase: Purchase = substitution.line.seller_order.purchase
    page = reverse("shop:order_key", args=[purchase.number, get_order_key(purchase.number)])
    context = {
        "buyer_name": purchase.buyer_name,
        "proposal": build_proposal(substitution),
        "order_url": f"{settings.SITE_ADDRESS}{page}",
    }
    return EmailMessage(
        subject=_("A question about your order %(number)s") % {"number": purchase.number},
        body=render_to_string("mail/substitution.txt", context),
        to=[purchase.buyer_email],
        headers={"Message-ID": f"<substitution.{substitution.pk}@winkelstraat>"},
    )
