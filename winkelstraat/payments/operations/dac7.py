"""Make the yearly file for the tax office; a correction is a new version (TAX-10)."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise
from winkelstraat.payments.domain.dac7 import (
    QUARTERS,
    Message,
    Quarter,
    Seller,
    is_reportable,
    write_dac7,
)
from winkelstraat.payments.models import Dac7Report
from winkelstraat.payments.queries.dac7 import list_sellers


@transaction.atomic
def make_dac7_report(*, year: int, now: datetime) -> Dac7Report:
    """Make the next version of a year's file and keep it; earlier versions stay.

    From the second version on every seller's record names the record that it corrects.
    """
    before = Dac7Report.objects.select_for_update().filter(year=year).order_by("version").last()
    version = before.version + 1 if before else 1
    sellers = [seller for seller in list_sellers(year) if is_reportable(seller)]
    message = Message(
        reference=f"NL{year}-winkelstraat-{version}",
        year=year,
        made_at=now,
        platform=settings.PLATFORM_PARTY,
        corrects={int(key): name for key, name in before.documents.items()} if before else {},
    )
    xml = write_dac7(message, sellers)
    return Dac7Report.objects.create(
        year=year,
        version=version,
        reference=message.reference,
        made_at=now,
        documents={
            str(seller.enterprise_id): message.doc_reference(seller.enterprise_id)
            for seller in sellers
        },
        xml=xml.decode(),
        digest=sha256(xml).hexdigest(),
    )


def mail_dac7_copies(*, report_id: int) -> int:
    """Send each reported seller what was reported of him, once; return how many (W31).

    Each mail is written down by itself, so a crash half-way repeats one at most.
    """
    report = Dac7Report.objects.get(pk=report_id)
    sellers = {str(seller.enterprise_id): seller for seller in list_sellers(report.year)}
    sent = 0
    for key in report.documents:
        if key not in report.copied_to and key in sellers:
            _build_copy(report, sellers[key]).send()
            report.copied_to.append(key)
            report.save(update_fields=["copied_to"])
            sent += 1
    return sent


def _build_copy(report: Dac7Report, seller: Seller) -> EmailMessage:
    quarters = [(number, seller.quarters.get(number, Quarter())) for number in QUARTERS]
    enterprise = Enterprise.objects.get(pk=seller.enterprise_id)
    with translation.override(settings.LANGUAGE_CODE):
        context = {"report": report, "seller": seller, "quarters": quarters}
        return EmailMessage(
            subject=_("What we reported of you to the tax office over %(year)s")
            % {"year": report.year},
            body=render_to_string("mail/dac7.txt", context),
            to=[enterprise.email],
            headers={"Message-ID": f"<{report.documents[str(seller.enterprise_id)]}@winkelstraat>"},
        )
