"""Write to the buyer and to the shops."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Purchase, SellerOrder
from winkelstraat.shop.models.purchases import PurchaseStatus, SellerOrderStatus
from winkelstraat.shop.queries.desk import get_desk_order
from winkelstraat.shop.queries.letters import get_letter
from winkelstraat.shop.queries.order_keys import get_order_key

TO_BE_TOLD = (SellerOrderStatus.PAID, SellerOrderStatus.READY, SellerOrderStatus.COLLECTED)


@transaction.atomic
def mail_confirmation(*, purchase_id: int, now: datetime) -> bool:
    """Send the buyer one mail about a paid purchase; False when he has it, or nobody paid.

    The row is locked while the mail leaves, so that two workers send one. A mail that does
    not leave raises, marks nothing and is tried again; its Message-ID stays the same.
    """
    purchase = (
        Purchase.objects.select_for_update()
        .filter(pk=purchase_id, status=PurchaseStatus.PAID, confirmation_mailed_at__isnull=True)
        .exclude(pays_at_counter=True)
        .first()
    )
    if purchase is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        build_confirmation(purchase).send()
    purchase.confirmation_mailed_at = now
    purchase.save(update_fields=["confirmation_mailed_at"])
    return True


@transaction.atomic
def mail_shop(*, seller_order_id: int, now: datetime) -> bool:
    """Tell a shop, once, about its part of a paid purchase; False when it knows already."""
    order = (
        SellerOrder.objects.select_for_update(of=("self",))
        .filter(pk=seller_order_id, status__in=TO_BE_TOLD, shop_mailed_at__isnull=True)
        .select_related("seller__enterprise", "purchase")
        .first()
    )
    if order is None:
        return False
    # A shop that makes a list hears of all its orders at once, when the list is closed.
    if not (order.seller.names_windows or order.seller.rhythm_pickup_weekday):
        with translation.override(settings.LANGUAGE_CODE):
            build_notice(order, now=now).send()
    order.shop_mailed_at = now
    order.save(update_fields=["shop_mailed_at"])
    return True


def build_confirmation(purchase: Purchase) -> EmailMessage:
    """Return the confirmation in the active language, as text and as HTML, not yet sent."""
    address = reverse("shop:order_key", args=[purchase.number, get_order_key(purchase.number)])
    context = {
        "letter": get_letter(purchase),
        "order_url": f"{settings.SITE_ADDRESS}{address}",
        "withdraw_url": f"{settings.SITE_ADDRESS}{reverse('shop:withdraw')}",
        "language": settings.LANGUAGE_CODE,
    }
    mail = EmailMultiAlternatives(
        subject=_("Your order %(number)s is paid") % {"number": purchase.number},
        body=render_to_string("mail/purchase.txt", context),
        to=[purchase.buyer_email],
        headers={"Message-ID": f"<{purchase.reference}@winkelstraat>"},
    )
    mail.attach_alternative(render_to_string("mail/purchase.html", context), "text/html")
    return mail


def build_notice(order: SellerOrder, *, now: datetime) -> EmailMessage:
    """Return the note to one shop about its own part, in the active language, not yet sent."""
    page = reverse("desk:order", args=[order.number])
    context = {
        "order": get_desk_order(order.seller, number=order.number, now=now),
        "shop_name": order.seller.name,
        "desk_url": f"{settings.SITE_ADDRESS}{page}",
    }
    return EmailMessage(
        subject=_("New order %(number)s") % {"number": order.number},
        body=render_to_string("mail/new_order.txt", context),
        to=[order.seller.enterprise.email],
        headers={"Message-ID": f"<{order.number}.{order.pk}@winkelstraat>"},
    )
