"""Tell a buyer what a shop wrote down for him on the telephone, with the link to pay."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.delivery.domain.windows import LOCAL
from winkelstraat.shop.models import Purchase, SellerOrderLine
from winkelstraat.shop.queries.order_keys import get_order_key


def mail_phone_order(*, purchase_id: int) -> None:
    """Send the order with its link to who has a mail address; the desk shows the link too."""
    purchase = Purchase.objects.select_related("taken_by").get(pk=purchase_id)
    if not purchase.buyer_email or purchase.taken_by is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        build_phone_mail(purchase, shop_name=purchase.taken_by.name).send()


def build_phone_mail(purchase: Purchase, *, shop_name: str) -> EmailMessage:
    """Return the mail with what was ordered and how it is paid, not yet sent."""
    page = reverse("shop:order_key", args=[purchase.number, get_order_key(purchase.number)])
    context = {
        "purchase": purchase,
        "shop_name": shop_name,
        "lines": SellerOrderLine.objects.filter(seller_order__purchase=purchase),
        "hold_until": purchase.hold_until.astimezone(LOCAL),
        "order_url": f"{settings.SITE_ADDRESS}{page}",
    }
    return EmailMessage(
        subject=_("Your order %(number)s at %(shop)s")
        % {"number": purchase.number, "shop": shop_name},
        body=render_to_string("mail/phone_order.txt", context),
        to=[purchase.buyer_email],
        headers={"Message-ID": f"<phone.{purchase.reference}@winkelstraat>"},
    )
