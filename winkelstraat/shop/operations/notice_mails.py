"""Write to those whom a notice or a recall touches."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Notice, NoticeStep, RecallMail

SALT = "winkelstraat.shop.notice"


def get_notice_key(number: str) -> str:
    """Return the key that opens a notice for whom it touches."""
    return Signer(salt=SALT).signature(number)


def is_notice_key(number: str, key: str) -> bool:
    """Tell whether this key belongs to this notice."""
    return constant_time_compare(get_notice_key(number), key)


def mail_receipt(*, notice: Notice) -> None:
    """Tell who reported that it arrived, and when it is decided."""
    if notice.email:
        _send(notice, None, notice.email, _("We got your report %(number)s"))


def mail_step(*, step: NoticeStep) -> None:
    """Tell who reported and the shop what was decided, why, and how to contest it."""
    subject = _("Decision on report %(number)s")
    if step.notice.email:
        _send(step.notice, step, step.notice.email, subject)
    _send(step.notice, step, step.notice.seller.enterprise.email, subject)


def _send(notice: Notice, step: NoticeStep | None, to: str, subject: str) -> None:
    page = reverse("shop:notice", args=[notice.number, get_notice_key(notice.number)])
    context = {"notice": notice, "step": step, "address": f"{settings.SITE_ADDRESS}{page}"}
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_(subject) % {"number": notice.number},
            body=render_to_string("mail/notice.txt", context),
            to=[to],
        ).send()


@transaction.atomic
def mail_recall(*, recall_mail_id: int, now: datetime) -> bool:
    """Tell one buyer once what is called back; False when he knows, or has no address."""
    row = (
        RecallMail.objects.select_for_update(of=("self",))
        .select_related("recall__listing", "recall__seller__enterprise", "purchase")
        .filter(pk=recall_mail_id, mailed_at=None)
        .first()
    )
    if row is None:
        return False
    if row.purchase.buyer_email:
        with translation.override(settings.LANGUAGE_CODE):
            EmailMessage(
                subject=_("Called back: %(title)s") % {"title": row.recall.listing.title},
                body=render_to_string(
                    "mail/recall.txt", {"recall": row.recall, "purchase": row.purchase}
                ),
                to=[row.purchase.buyer_email],
                headers={"Message-ID": f"<recall.{row.pk}@winkelstraat>"},
            ).send()
    row.mailed_at = now
    row.save(update_fields=["mailed_at"])
    return bool(row.purchase.buyer_email)
