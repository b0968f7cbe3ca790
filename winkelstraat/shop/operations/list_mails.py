"""One mail with all that came in before a shop's list was closed."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.queries.order_lists import OrderList


def build_list_mail(
    seller: SellerProfile, orders: OrderList, *, closed_at: datetime
) -> EmailMessage:
    """Return the mail with the picking list, in Dutch, not yet sent."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "shop_name": seller.name,
            "orders": orders,
            "closed_at": closed_at.astimezone(LOCAL),
            "desk_url": f"{settings.SITE_ADDRESS}{reverse('desk:packing')}",
        }
        return EmailMessage(
            subject=_("Your list is closed: %(count)s orders") % {"count": orders.count},
            body=render_to_string("mail/order_list.txt", context),
            to=[seller.enterprise.email],
            headers={"Message-ID": f"<list.{seller.pk}.{closed_at:%Y%m%d%H%M}@winkelstraat>"},
        )
