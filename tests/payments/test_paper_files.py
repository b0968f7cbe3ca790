"""The PDF of a mixed-rate order, and the UBL inside it (W05, TAX-07)."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.utils import timezone
from PIL import ImageFile
from pypdf import PdfReader

from tests.payments.conftest import Purchase, Shop
from winkelstraat.payments import operations
from winkelstraat.payments.domain.lines import (
    LineKind,
    PartLine,
    delivery_lines,
    vat_groups_of,
)
from winkelstraat.payments.domain.ubl import CAC, CBC
from winkelstraat.payments.models import Paper
from winkelstraat.payments.operations.paper_pdf import load_printer
from winkelstraat.payments.queries import get_paper_xml

try:
    load_printer()
except operations.PdfNotPossible:
    pytest.skip("Pango is not installed, so no PDF can be drawn.", allow_module_level=True)

pytestmark = pytest.mark.django_db

BUYER = operations.Party(
    name="Dorpshuis De Brink",
    address="Brink 4",
    postcode="9331 AA",
    place="Norg",
    company_number="12345678",
    email="dorpshuis@example.nl",
)


@pytest.fixture
def invoice(sandbox: Any, shops: list[Shop], heard: list[Any]) -> Paper:
    """The cheese, the mug and the delivery of W05, paid by a business buyer."""
    goods = [
        PartLine("1", LineKind.GOODS, "Boerenkaas", 1, 1290, 900, "500 g"),
        PartLine("2", LineKind.GOODS, "Mok", 1, 1495, 2100, ""),
    ]
    lines = (*goods, *delivery_lines(495, goods, "Bezorgen"))
    purchase = Purchase(shops[:1])
    part = operations.PartRequest(
        enterprise_id=shops[0].enterprise_id,
        seller_order_ref="W05-1",
        gross_cents=sum(line.gross_cents for line in lines),
        vat_groups=vat_groups_of(lines),
        lines=lines,
    )
    with transaction.atomic():
        payment = operations.open_payment(
            request=purchase.request(parts=(part,)), now=timezone.now()
        )
    operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    payment.refresh_from_db()
    sandbox.act(payment.session_id, "pay")
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    (paper,) = operations.issue_invoices(
        payment_id=payment.pk, buyer=BUYER, kor_shops=frozenset(), now=timezone.now()
    )
    return paper


def read_ubl(xml: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(xml)


def cents(element: ElementTree.Element | None) -> int:
    assert element is not None
    assert element.text is not None
    assert element.get("currencyID") == "EUR"
    return int(element.text.replace(".", ""))


def test_w05_the_pdf_shows_each_rate_and_keeps_its_ubl(invoice: Paper) -> None:
    pdf = PdfReader(BytesIO(operations.get_pdf(paper_id=invoice.pk)))
    text = "\n".join(page.extract_text() for page in pdf.pages).replace("\xa0", " ")
    for part in (
        "Boerenkaas 500 g",
        "Mok",
        "Bezorgen",
        "€ 12,90",
        "€ 14,95",
        "Btw 9% over € 14,06",
        "€ 1,26",
        "Btw 21% over € 14,45",
        "€ 3,03",
        "€ 32,80",
        invoice.number,
        "Dorpshuis De Brink",
    ):
        assert part in text, part
    (name,) = pdf.attachments
    assert name == f"{invoice.number}.xml"
    root = read_ubl(pdf.attachments[name][0])
    assert root.findtext(f"{{{CBC}}}ID") == invoice.number
    assert b"pdfaid:part" in pdf.xmp_metadata.stream.get_data()


def test_the_same_bytes_come_back_every_time(invoice: Paper) -> None:
    first = operations.get_pdf(paper_id=invoice.pk)
    assert operations.get_pdf(paper_id=invoice.pk) == first
    invoice.refresh_from_db()
    assert bytes(invoice.pdf) == first


def test_the_ubl_adds_up_by_the_rules_of_en_16931(invoice: Paper) -> None:
    root = read_ubl(get_paper_xml(invoice.pk))
    total = root.find(f"{{{CAC}}}LegalMonetaryTotal")
    assert total is not None
    lines = [
        cents(line.find(f"{{{CBC}}}LineExtensionAmount"))
        for line in root.iter(f"{{{CAC}}}InvoiceLine")
    ]
    net = cents(total.find(f"{{{CBC}}}LineExtensionAmount"))
    gross = cents(total.find(f"{{{CBC}}}TaxInclusiveAmount"))
    tax = root.find(f"{{{CAC}}}TaxTotal")
    assert tax is not None
    vat = cents(tax.find(f"{{{CBC}}}TaxAmount"))
    parts = [
        (cents(part.find(f"{{{CBC}}}TaxableAmount")), cents(part.find(f"{{{CBC}}}TaxAmount")))
        for part in tax.iter(f"{{{CAC}}}TaxSubtotal")
    ]
    assert sum(lines) == net == sum(taxable for taxable, _vat in parts)  # BR-CO-10
    assert vat == sum(part for _taxable, part in parts) == 429  # BR-CO-14
    assert net + vat == gross == 3280  # BR-CO-15
    assert gross - cents(total.find(f"{{{CBC}}}PrepaidAmount")) == cents(
        total.find(f"{{{CBC}}}PayableAmount")
    )  # BR-CO-16
    assert sorted(parts) == [(1406, 126), (1445, 303)]
    for needed in ("CustomizationID", "ProfileID", "IssueDate", "InvoiceTypeCode"):
        assert root.findtext(f"{{{CBC}}}{needed}")


def test_drawing_does_not_let_cut_off_pictures_in(invoice: Paper) -> None:
    operations.get_pdf(paper_id=invoice.pk)
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
