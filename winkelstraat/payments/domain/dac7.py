"""Count and write what a platform must report of its sellers (DAC7, TAX-09 to TAX-11).

The file follows the OECD's schema for digital platforms (DPI, version 1): whole euros per
quarter, rounded only here. Which quarter counts is the day on which the money was
transferred to the seller; what came back lowers the quarter in which it came back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from winkelstraat.common.money import round_half_up

DPI = "urn:oecd:ties:dpi:v1"
STF = "urn:oecd:ties:dpistf:v1"
SALES_THRESHOLD = 30
CENTS_THRESHOLD = 200_000
NEW, CORRECTED = "DPI401", "DPI402"
DOC_NEW, DOC_CORRECTED = "OECD1", "OECD2"
QUARTERS = (1, 2, 3, 4)

register_namespace("dpi", DPI)
register_namespace("stf", STF)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of a seller in cents: gross is what buyers paid, net is without our fees."""

    gross_cents: int = 0
    fee_cents: int = 0
    sales: int = 0

    @property
    def net_cents(self) -> int:
        """Return the consideration net of the fees that were withheld."""
        return self.gross_cents - self.fee_cents


@dataclass(frozen=True, slots=True)
class Seller:
    """A seller and his year; `is_natural` for a person whose tax number we do not keep."""

    enterprise_id: int
    name: str
    address: str
    postcode: str
    place: str
    company_number: str
    vat_number: str
    account: str
    is_natural: bool
    excluded_because: str = ""
    quarters: Mapping[int, Quarter] = field(default_factory=dict)

    @property
    def sales(self) -> int:
        """Return the number of sales in the year."""
        return sum(quarter.sales for quarter in self.quarters.values())

    @property
    def net_cents(self) -> int:
        """Return the consideration of the year."""
        return sum(quarter.net_cents for quarter in self.quarters.values())


def is_reportable(seller: Seller) -> bool:
    """Tell whether a seller is reported: 30 sales, or more than 2.000 euros (W29).

    A government body is excluded, with the reason on file.
    """
    if seller.excluded_because or not seller.sales:
        return False
    return seller.sales >= SALES_THRESHOLD or seller.net_cents > CENTS_THRESHOLD


def quarter_of(day: date) -> int:
    """Return the quarter of a day."""
    return (day.month - 1) // 3 + 1


def whole_euros(cents: int) -> int:
    """Return whole euros, halves up: only the file has no cents."""
    return round_half_up(Fraction(cents, 100))


@dataclass(frozen=True, slots=True)
class Message:
    """One file: its own name, and for each seller the name of what it corrects, if anything."""

    reference: str
    year: int
    made_at: datetime
    platform: Mapping[str, str]
    corrects: Mapping[int, str] = field(default_factory=dict)

    def doc_reference(self, enterprise_id: int) -> str:
        """Return the name of one seller's record in this file."""
        return f"{self.reference}-{enterprise_id}"


def write_dac7(message: Message, sellers: Sequence[Seller]) -> bytes:
    """Return the yearly file as UTF-8 XML."""
    root = Element(f"{{{DPI}}}DPI_OECD", {"version": "1.0"})
    spec = SubElement(root, f"{{{DPI}}}MessageSpec")
    for name, text in (
        ("SendingEntityIN", message.platform["company_number"]),
        ("TransmittingCountry", "NL"),
        ("ReceivingCountry", "NL"),
        ("MessageType", "DAC7"),
        ("MessageRefId", message.reference),
        ("MessageTypeIndic", CORRECTED if message.corrects else NEW),
        ("ReportingPeriod", f"{message.year}-12-31"),
        ("Timestamp", message.made_at.replace(microsecond=0).isoformat()),
    ):
        _text(spec, name, text)
    body = SubElement(root, f"{{{DPI}}}DPIBody")
    _operator(body, message)
    for seller in sellers:
        _seller(body, seller, message)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _operator(body: Element, message: Message) -> None:
    operator = SubElement(body, f"{{{DPI}}}PlatformOperator")
    _text(operator, "ResCountryCode", "NL")
    _text(operator, "TIN", message.platform["company_number"])
    _text(operator, "Name", message.platform["name"])
    _text(operator, "PlatformBusinessName", message.platform["name"])
    _address(
        operator,
        message.platform["address"],
        message.platform["postcode"],
        message.platform["place"],
    )
    _text(operator, "Nexus", "RPONEX1")
    _text(operator, "AssumedReporting", "false")
    _doc_spec(operator, f"{message.reference}-P", "")


def _seller(body: Element, seller: Seller, message: Message) -> None:
    element = SubElement(body, f"{{{DPI}}}ReportableSeller")
    identity = SubElement(element, f"{{{DPI}}}Identity")
    kind = "IndividualSeller" if seller.is_natural else "EntitySeller"
    standard = SubElement(SubElement(identity, f"{{{DPI}}}{kind}"), f"{{{DPI}}}Standard")
    inside = SubElement(
        standard, f"{{{DPI}}}{'IndSellerID' if seller.is_natural else 'EntSellerID'}"
    )
    _text(inside, "ResCountryCode", "NL")
    _text(inside, "TIN", "NOTIN").set("unknown", "true")
    if not seller.is_natural:
        _text(inside, "IN", seller.company_number).set("INType", "BRN")
    if seller.vat_number:
        _text(inside, "VAT", seller.vat_number)
    _text(inside, "Name", seller.name)
    _address(inside, seller.address, seller.postcode, seller.place)
    financial = SubElement(standard, f"{{{DPI}}}FinancialIdentifier")
    _text(financial, "Identifier", seller.account).set("AccountNumberType", "Other")
    _text(financial, "AccountHolderName", seller.name)
    goods = SubElement(SubElement(element, f"{{{DPI}}}RelevantActivities"), f"{{{DPI}}}SaleOfGoods")
    _amounts(goods, "Consideration", "Cons", [_of(seller, q).net_cents for q in QUARTERS])
    numbers = SubElement(goods, f"{{{DPI}}}NumberOfActivities")
    for quarter in QUARTERS:
        _text(numbers, f"NumbQ{quarter}", str(_of(seller, quarter).sales))
    _amounts(goods, "Fees", "Fees", [_of(seller, q).fee_cents for q in QUARTERS])
    _amounts(goods, "Taxes", "Tax", [0, 0, 0, 0])
    corrects = message.corrects.get(seller.enterprise_id, "")
    _doc_spec(element, message.doc_reference(seller.enterprise_id), corrects)


def _of(seller: Seller, quarter: int) -> Quarter:
    return seller.quarters.get(quarter, Quarter())


def _amounts(parent: Element, name: str, short: str, cents: Sequence[int]) -> None:
    element = SubElement(parent, f"{{{DPI}}}{name}")
    for quarter, amount in zip(QUARTERS, cents, strict=True):
        _text(element, f"{short}Q{quarter}", str(whole_euros(amount))).set("currCode", "EUR")


def _address(parent: Element, street: str, postcode: str, place: str) -> None:
    address = SubElement(parent, f"{{{DPI}}}Address")
    _text(address, "CountryCode", "NL")
    fix = SubElement(address, f"{{{DPI}}}AddressFix")
    _text(fix, "Street", street)
    _text(fix, "PostCode", postcode)
    _text(fix, "City", place)


def _doc_spec(parent: Element, reference: str, corrects: str) -> None:
    spec = SubElement(parent, f"{{{DPI}}}DocSpec")
    for name, text in (
        ("DocTypeIndic", DOC_CORRECTED if corrects else DOC_NEW),
        ("DocRefId", reference),
        ("CorrDocRefId", corrects),
    ):
        if text:
            SubElement(spec, f"{{{STF}}}{name}").text = text


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, f"{{{DPI}}}{name}")
    element.text = text
    return element
