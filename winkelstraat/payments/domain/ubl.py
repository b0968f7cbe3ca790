"""Write an invoice or credit note as UBL 2.1, in the profile of Peppol BIS Billing 3.

Amounts in the document are euros with two decimals and without VAT on the lines, as
EN 16931 asks (BT-131, BT-109, BT-110, BT-112); the sum of the lines is brought to the
taxable amount per rate, so that the totals agree to the cent (BR-CO-10 to BR-CO-15).
NLCIUS is the Dutch use of the same profile.
"""

from collections import defaultdict
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from winkelstraat.common.allocation import allocate
from winkelstraat.payments.domain.papers import PaperContent, PaperLine, Party

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
KVK_SCHEME = "0106"
PAID_IN_ADVANCE = "ZZZ"

register_namespace("cbc", CBC)
register_namespace("cac", CAC)


def write_ubl(number: str, issued_on: date, content: PaperContent) -> bytes:
    """Return the document as UTF-8 XML."""
    credit = bool(content.refers_to)
    name = "CreditNote" if credit else "Invoice"
    root = Element(f"{{{CREDIT_NOTE if credit else INVOICE}}}{name}")
    _basic(root, "CustomizationID", CUSTOMIZATION)
    _basic(root, "ProfileID", PROFILE)
    _basic(root, "ID", number)
    _basic(root, "IssueDate", issued_on.isoformat())
    if not credit:
        _basic(root, "DueDate", issued_on.isoformat())
    _basic(root, f"{name}TypeCode", "381" if credit else "380")
    if content.kor:
        _basic(root, "Note", "Vrijgesteld van btw: kleineondernemersregeling (art. 25 Wet OB).")
    _basic(root, "DocumentCurrencyCode", "EUR")
    _basic(root, "BuyerReference", content.order or number)
    if content.refers_to:
        billing = SubElement(root, f"{{{CAC}}}BillingReference")
        _basic(SubElement(billing, f"{{{CAC}}}InvoiceDocumentReference"), "ID", content.refers_to)
    _party(root, "AccountingSupplierParty", content.seller, kor=content.kor)
    _party(root, "AccountingCustomerParty", content.buyer)
    if content.supplied_on:
        _basic(SubElement(root, f"{{{CAC}}}Delivery"), "ActualDeliveryDate", content.supplied_on)
    _payment(root, content)
    _totals(root, content, credit=credit)
    for place, (line, net_cents) in enumerate(net_lines(content), start=1):
        _line(root, place, line, net_cents, content, credit=credit)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def net_lines(content: PaperContent) -> list[tuple[PaperLine, int]]:
    """Return each line with its amount without VAT; per rate they make the taxable amount."""
    by_rate: dict[int, list[PaperLine]] = defaultdict(list)
    for line in content.lines:
        by_rate[line.rate_basis_points].append(line)
    shares: dict[int, list[int]] = {}
    for group in content.vat:
        weights = [line.amount_cents for line in by_rate[group.rate_basis_points]]
        shares[group.rate_basis_points] = allocate(group.net_cents, weights) if weights else []
    taken: dict[int, int] = defaultdict(int)
    found = []
    for line in content.lines:
        rate = line.rate_basis_points
        known = shares.get(rate, [])
        cents = known[taken[rate]] if taken[rate] < len(known) else line.amount_cents
        taken[rate] += 1
        found.append((line, cents))
    return found


def _payment(root: Element, content: PaperContent) -> None:
    means = SubElement(root, f"{{{CAC}}}PaymentMeans")
    _basic(means, "PaymentMeansCode", PAID_IN_ADVANCE)
    if content.payment_reference:
        _basic(means, "PaymentID", content.payment_reference)


def _totals(root: Element, content: PaperContent, *, credit: bool) -> None:
    tax = SubElement(root, f"{{{CAC}}}TaxTotal")
    _amount(tax, "TaxAmount", content.vat_cents)
    for group in content.vat:
        part = SubElement(tax, f"{{{CAC}}}TaxSubtotal")
        _amount(part, "TaxableAmount", group.net_cents)
        _amount(part, "TaxAmount", group.vat_cents)
        _category(part, "TaxCategory", group.rate_basis_points, content, with_reason=True)
    total = SubElement(root, f"{{{CAC}}}LegalMonetaryTotal")
    _amount(total, "LineExtensionAmount", content.net_cents)
    _amount(total, "TaxExclusiveAmount", content.net_cents)
    _amount(total, "TaxInclusiveAmount", content.gross_cents)
    if not credit:
        _amount(total, "PrepaidAmount", content.gross_cents)
    _amount(total, "PayableAmount", content.gross_cents if credit else 0)


def _line(
    root: Element,
    place: int,
    line: PaperLine,
    net_cents: int,
    content: PaperContent,
    *,
    credit: bool,
) -> None:
    name = "CreditNote" if credit else "Invoice"
    element = SubElement(root, f"{{{CAC}}}{name}Line")
    _basic(element, "ID", str(place))
    quantity = _basic(element, "CreditedQuantity" if credit else "InvoicedQuantity", "1")
    quantity.set("unitCode", "C62")
    _amount(element, "LineExtensionAmount", net_cents)
    item = SubElement(element, f"{{{CAC}}}Item")
    title = line.title if line.quantity == 1 else f"{line.quantity} x {line.title}"
    _basic(item, "Name", title)
    _category(item, "ClassifiedTaxCategory", line.rate_basis_points, content)
    _amount(SubElement(element, f"{{{CAC}}}Price"), "PriceAmount", net_cents)


def _category(
    parent: Element,
    name: str,
    rate_basis_points: int,
    content: PaperContent,
    *,
    with_reason: bool = False,
) -> None:
    element = SubElement(parent, f"{{{CAC}}}{name}")
    exempt = content.kor
    _basic(element, "ID", "E" if exempt else "S" if rate_basis_points else "Z")
    _basic(element, "Percent", f"{rate_basis_points / 100:.2f}")
    if exempt and with_reason:
        _basic(element, "TaxExemptionReason", "Kleineondernemersregeling")
    _basic(SubElement(element, f"{{{CAC}}}TaxScheme"), "ID", "VAT")


def _party(root: Element, role: str, party: Party, *, kor: bool = False) -> None:
    element = SubElement(SubElement(root, f"{{{CAC}}}{role}"), f"{{{CAC}}}Party")
    if party.company_number:
        endpoint = _basic(element, "EndpointID", party.company_number)
        endpoint.set("schemeID", KVK_SCHEME)
    elif party.email:
        _basic(element, "EndpointID", party.email).set("schemeID", "EM")
    address = SubElement(element, f"{{{CAC}}}PostalAddress")
    for name, text in (
        ("StreetName", party.address),
        ("CityName", party.place),
        ("PostalZone", party.postcode),
    ):
        if text:
            _basic(address, name, text)
    _basic(SubElement(address, f"{{{CAC}}}Country"), "IdentificationCode", party.country)
    if party.vat_number and not kor:
        scheme = SubElement(element, f"{{{CAC}}}PartyTaxScheme")
        _basic(scheme, "CompanyID", party.vat_number)
        _basic(SubElement(scheme, f"{{{CAC}}}TaxScheme"), "ID", "VAT")
    legal = SubElement(element, f"{{{CAC}}}PartyLegalEntity")
    _basic(legal, "RegistrationName", party.name)
    if party.company_number:
        _basic(legal, "CompanyID", party.company_number).set("schemeID", KVK_SCHEME)


def _basic(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, f"{{{CBC}}}{name}")
    element.text = text
    return element


def _amount(parent: Element, name: str, cents: int) -> None:
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    _basic(parent, name, f"{sign}{euros}.{rest:02d}").set("currencyID", "EUR")
