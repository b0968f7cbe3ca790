"""Papers as lists show them, and the numbers that an accountant asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from winkelstraat.payments.domain.papers import PaperContent
from winkelstraat.payments.domain.ubl import write_ubl
from winkelstraat.payments.models import Paper


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper in a list, in cents."""

    id: int
    number: str
    kind: str
    kind_text: str
    issued_on: date
    buyer: str
    order: str
    gross_cents: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """One paper at one rate, as it goes into the accounts; a credit note is below zero."""

    issued_on: date
    number: str
    kind: str
    buyer: str
    order: str
    rate_basis_points: int
    net_cents: int
    vat_cents: int
    gross_cents: int


def list_papers(enterprise_id: int, *, since: date, until: date) -> tuple[PaperRow, ...]:
    """Return a shop's papers in a period, both days included, newest first (1 query)."""
    found = Paper.objects.filter(
        enterprise_id=enterprise_id, issued_on__gte=since, issued_on__lte=until
    )
    return tuple(_row(paper) for paper in found.defer("pdf").order_by("-issued_at", "-pk"))


def list_purchase_papers(purchase_ref: UUID) -> tuple[PaperRow, ...]:
    """Return the papers of one purchase for its buyer, oldest first (1 query)."""
    mine = Q(part__payment__purchase_ref=purchase_ref)
    mine |= Q(refund_part__part__payment__purchase_ref=purchase_ref)
    found = Paper.objects.filter(mine).defer("pdf").order_by("issued_at", "pk")
    return tuple(_row(paper) for paper in found)


def find_shop_paper(paper_id: int, *, enterprise_id: int) -> str | None:
    """Return the number of a shop's own paper, or None."""
    found = Paper.objects.filter(pk=paper_id, enterprise_id=enterprise_id)
    return found.values_list("number", flat=True).first()


def find_buyer_paper(paper_id: int, *, purchase_ref: UUID) -> str | None:
    """Return the number of a paper that belongs to a purchase, or None."""
    mine = Q(part__payment__purchase_ref=purchase_ref)
    mine |= Q(refund_part__part__payment__purchase_ref=purchase_ref)
    return Paper.objects.filter(mine, pk=paper_id).values_list("number", flat=True).first()


def get_paper_xml(paper_id: int) -> bytes:
    """Return a paper as UBL."""
    paper = Paper.objects.defer("pdf").get(pk=paper_id)
    return write_ubl(paper.number, paper.issued_on, PaperContent.from_json(paper.content))


def iterate_book(enterprise_id: int, *, since: date, until: date) -> Iterator[BookRow]:
    """Yield a shop's papers per VAT rate, oldest first, in constant memory."""
    found = Paper.objects.filter(
        enterprise_id=enterprise_id, issued_on__gte=since, issued_on__lte=until
    ).exclude(kind="commission")
    rows = found.defer("pdf").order_by("issued_at", "pk")
    for paper in rows.iterator(chunk_size=500):
        content = PaperContent.from_json(paper.content)
        sign = -1 if content.refers_to else 1
        for group in content.vat:
            yield BookRow(
                issued_on=paper.issued_on,
                number=paper.number,
                kind=paper.kind,
                buyer=content.buyer.name,
                order=content.order,
                rate_basis_points=group.rate_basis_points,
                net_cents=sign * group.net_cents,
                vat_cents=sign * group.vat_cents,
                gross_cents=sign * group.gross_cents,
            )


def _row(paper: Paper) -> PaperRow:
    return PaperRow(
        id=paper.pk,
        number=paper.number,
        kind=paper.kind,
        kind_text=str(paper.get_kind_display()),
        issued_on=paper.issued_on,
        buyer=paper.content["buyer"]["name"],
        order=paper.content["order"],
        gross_cents=paper.gross_cents,
    )
