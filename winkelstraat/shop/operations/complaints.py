"""Let a buyer complain about an order, and let shop and buyer answer each other (CON-10)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.domain.refusals import UnknownOrder
from winkelstraat.shop.models import (
    Complaint,
    ComplaintMessage,
    Purchase,
    SellerOrder,
    SellerProfile,
    Voice,
)
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.queries.order_keys import get_order_key

# The street's own rule, told in its terms.
ANSWER_WITHIN = timedelta(days=14)
BOUGHT = (
    SellerOrderStatus.PAID,
    SellerOrderStatus.READY,
    SellerOrderStatus.COLLECTED,
    SellerOrderStatus.CANCELLED,
)


@transaction.atomic
def complain(*, purchase: Purchase, number: str, text: str, now: datetime) -> ComplaintMessage:
    """Write down what a buyer says; the first time opens the complaint, later adds to it.

    :raises UnknownOrder: for a part of another purchase, or one that was never paid.
    """
    order = (
        SellerOrder.objects.select_for_update()
        .filter(
            purchase=purchase, number=number, status__in=BOUGHT, purchase__paid_at__isnull=False
        )
        .first()
    )
    if order is None:
        raise UnknownOrder
    complaint, _made = Complaint.objects.get_or_create(
        seller_order=order,
        defaults={
            "opened_at": now,
            "answer_due_on": now.astimezone(LOCAL).date() + ANSWER_WITHIN,
        },
    )
    if complaint.closed_at is not None:
        complaint.closed_at = None
        complaint.save(update_fields=["closed_at"])
    return _say(complaint, Voice.BUYER, text, now)


@transaction.atomic
def answer_complaint(
    *, seller: SellerProfile, complaint_id: int, text: str, now: datetime
) -> ComplaintMessage:
    """Write down what the shop answers.

    :raises UnknownOrder: for a complaint about another shop.
    """
    complaint = _lock_own(seller, complaint_id)
    if complaint.answered_at is None:
        complaint.answered_at = now
        complaint.save(update_fields=["answered_at"])
    return _say(complaint, Voice.SHOP, text, now)


@transaction.atomic
def close_complaint(*, purchase: Purchase, complaint_id: int, now: datetime) -> None:
    """Let the buyer say that it is solved.

    :raises UnknownOrder: for a complaint about another purchase.
    """
    closed = Complaint.objects.filter(
        pk=complaint_id, seller_order__purchase=purchase, closed_at=None
    ).update(closed_at=now)
    if (
        not closed
        and not Complaint.objects.filter(pk=complaint_id, seller_order__purchase=purchase).exists()
    ):
        raise UnknownOrder


def mail_message(*, message: ComplaintMessage) -> None:
    """Send what was said to the other side, with the way to answer."""
    order = message.complaint.seller_order
    to_shop = message.voice == Voice.BUYER
    key = get_order_key(order.purchase.number)
    page = (
        reverse("desk:complaint", args=[message.complaint_id])
        if to_shop
        else reverse("shop:order_key", args=[order.purchase.number, key])
    )
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("About order %(number)s") % {"number": order.number},
            body=render_to_string(
                "mail/complaint.txt",
                {
                    "message": message,
                    "order": order,
                    "to_shop": to_shop,
                    "address": f"{settings.SITE_ADDRESS}{page}",
                },
            ),
            to=[order.seller.enterprise.email if to_shop else order.purchase.buyer_email],
        ).send()


def _say(complaint: Complaint, voice: str, text: str, now: datetime) -> ComplaintMessage:
    return ComplaintMessage.objects.create(complaint=complaint, voice=voice, text=text, said_at=now)


def _lock_own(seller: SellerProfile, complaint_id: int) -> Complaint:
    complaint = (
        Complaint.objects.select_for_update(of=("self",))
        .filter(pk=complaint_id, seller_order__seller=seller)
        .first()
    )
    if complaint is None:
        raise UnknownOrder
    return complaint
