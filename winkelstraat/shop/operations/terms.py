"""Publish terms: shops are told at least fifteen days before a change holds (MKT-03)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.shop.models import SellerProfile, TermsFor, TermsMail, TermsVersion

NOTICE = timedelta(days=15)


class TooSoon(Exception):
    """Changed terms would hold before the shops had fifteen days."""


@transaction.atomic
def publish_terms(
    *, audience: str, text: str, effective_at: datetime, now: datetime
) -> TermsVersion:
    """Write the next version down and note every shop that must be told.

    The first version may hold at once: nobody is bound by another yet.

    :raises TooSoon: when a change would hold within fifteen days.
    """
    last = (
        TermsVersion.objects.select_for_update()
        .filter(audience=audience)
        .order_by("-number")
        .first()
    )
    if last is not None and effective_at < now + NOTICE:
        raise TooSoon
    version = TermsVersion.objects.create(
        audience=audience,
        number=last.number + 1 if last else 1,
        text=text,
        sent_at=now,
        effective_at=effective_at,
    )
    about = Thing("terms", version.pk, f"{version.get_audience_display()} {version.number}")
    record(action=Audited.TERMS_PUBLISHED, about=about)
    if audience == TermsFor.SHOPS:
        TermsMail.objects.bulk_create(
            TermsMail(version=version, seller=seller) for seller in SellerProfile.objects.all()
        )
    return version


@transaction.atomic
def mail_terms(*, terms_mail_id: int, now: datetime) -> bool:
    """Send one shop the whole text once; False when it has it."""
    row = (
        TermsMail.objects.select_for_update(of=("self",))
        .select_related("version", "seller__enterprise")
        .filter(pk=terms_mail_id, mailed_at=None)
        .first()
    )
    if row is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("New terms from %(day)s")
            % {"day": row.version.effective_at.strftime("%d-%m-%Y")},
            body=render_to_string(
                "mail/terms.txt",
                {
                    "shop": row.seller.name,
                    "version": row.version,
                    "address": f"{settings.SITE_ADDRESS}{reverse('shop:terms')}",
                },
            ),
            to=[row.seller.enterprise.email],
            headers={"Message-ID": f"<terms.{row.pk}@winkelstraat>"},
        ).send()
    row.mailed_at = now
    row.save(update_fields=["mailed_at"])
    return True
