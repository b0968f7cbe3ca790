"""Make the yearly file for the tax office; a correction is a new version (TAX-10)."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from winkelstraat.payments.domain.dac7 import Message, is_reportable, write_dac7
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
