"""What stands on an invoice, a credit note and a commission invoice, frozen for good (TAX-07).

Plain values, ready to be kept as JSON and to be printed later without asking anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from winkelstraat.payments.domain.lines import LineKind, PartLine
from winkelstraat.payments.domain.vat import split_inclusive

STANDARD_RATE = 2100


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys, as the law wants it on paper; `company_number` is that of the KvK."""

    name: str
    address: str = ""
    postcode: str = ""
    place: str = ""
    country: str = "NL"
    company_number: str = ""
    vat_number: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line in cents including VAT; a credit note's amounts are above zero too."""

    title: str
    quantity: int
    amount_cents: int
    rate_basis_points: int
    discount_cents: int = 0
    kind: str = LineKind.GOODS


@dataclass(frozen=True, slots=True)
class PaperVat:
    """The VAT at one rate, in cents."""

    rate_basis_points: int
    gross_cents: int
    net_cents: int
    vat_cents: int


@dataclass(frozen=True, slots=True)
class PaperContent:
    """Everything on a paper but its number; `kor` means that no VAT may be named (TAX-06)."""

    seller: Party
    buyer: Party
    lines: tuple[PaperLine, ...]
    vat: tuple[PaperVat, ...]
    gross_cents: int
    paid_by_platform_cents: int = 0
    kor: bool = False
    order: str = ""
    payment_reference: str = ""
    supplied_on: str = ""
    refers_to: str = ""
    reason: str = ""

    @property
    def net_cents(self) -> int:
        """Return the total without VAT."""
        return sum(group.net_cents for group in self.vat)

    @property
    def vat_cents(self) -> int:
        """Return the VAT in the total."""
        return sum(group.vat_cents for group in self.vat)

    def as_json(self) -> dict[str, Any]:
        """Return the content as it is frozen."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PaperContent":
        """Return the content that was frozen."""
        return cls(
            **{
                **stored,
                "seller": Party(**stored["seller"]),
                "buyer": Party(**stored["buyer"]),
                "lines": tuple(PaperLine(**line) for line in stored["lines"]),
                "vat": tuple(PaperVat(**group) for group in stored["vat"]),
            }
        )


def invoice_lines(lines: Iterable[PartLine]) -> tuple[PaperLine, ...]:
    """Return a part's lines as they stand on its invoice."""
    return tuple(
        PaperLine(
            title=f"{line.title} {line.amount_text}".strip(),
            quantity=line.quantity,
            amount_cents=line.gross_cents,
            rate_basis_points=line.rate_basis_points,
            discount_cents=line.shop_discount_cents,
            kind=line.kind,
        )
        for line in lines
    )


def read_vat(groups: Sequence[Mapping[str, int]]) -> tuple[PaperVat, ...]:
    """Return frozen VAT groups, lowest rate first."""
    found = [
        PaperVat(
            rate_basis_points=group["rate_basis_points"],
            gross_cents=group["gross_cents"],
            net_cents=group["net_cents"],
            vat_cents=group["vat_cents"],
        )
        for group in groups
    ]
    return tuple(sorted(found, key=lambda group: group.rate_basis_points))


def commission_vat(gross_cents: int) -> PaperVat:
    """Return the VAT in the platform's commission, a service at the standard rate."""
    net_cents, vat_cents = split_inclusive(gross_cents, STANDARD_RATE)
    return PaperVat(STANDARD_RATE, gross_cents, net_cents, vat_cents)


def number_of(prefix: str, year: int, place: int) -> str:
    """Return a paper's number: ``F2026-0001``; a new year begins anew (W37)."""
    return f"{prefix}{year}-{place:04d}"
