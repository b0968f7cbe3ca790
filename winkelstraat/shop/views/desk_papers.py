"""The shop's invoices and credit notes, and the lists its accountant asks for."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from winkelstraat.payments.operations import PdfNotPossible, get_pdf
from winkelstraat.payments.queries import (
    BookRow,
    find_shop_paper,
    get_paper_xml,
    iterate_book,
    list_papers,
)
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.views.desk import at_desk, at_own_desk

RISKY = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """Hand each written row straight back."""

    def write(self, text: str) -> str:
        """Return what was written."""
        return text


@require_GET
@at_own_desk
def papers(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the papers of a period; without one, of this month and the two before."""
    since, until = _period(request)
    context: dict[str, object] = {
        "papers": list_papers(seller.enterprise_id, since=since, until=until),
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    return at_desk(request, seller, "desk/papers.html", context)


@require_GET
@at_own_desk
def paper(request: HttpRequest, seller: SellerProfile, paper_id: int, kind: str) -> HttpResponse:
    """Give one paper of this shop as PDF or as UBL."""
    number = find_shop_paper(paper_id, enterprise_id=seller.enterprise_id)
    if number is None:
        raise Http404(_("Your shop has no such paper."))
    return give_paper(paper_id, number, kind)


def give_paper(paper_id: int, number: str, kind: str) -> HttpResponse:
    """Return a paper as a file, or say that a PDF cannot be drawn now."""
    if kind == "xml":
        return _file(get_paper_xml(paper_id), f"{number}.xml", "application/xml")
    try:
        return _file(get_pdf(paper_id=paper_id), f"{number}.pdf", "application/pdf")
    except PdfNotPossible:
        text = _("The PDF cannot be made at the moment. Your invoice is safe; try it tomorrow.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")


@require_GET
@at_own_desk
def book(request: HttpRequest, seller: SellerProfile) -> StreamingHttpResponse:
    """Give the papers of a period per VAT rate as CSV, with decimal commas."""
    since, until = _period(request)
    rows = iterate_book(seller.enterprise_id, since=since, until=until)
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"{seller.slug}-{since.isoformat()}-{until.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(rows: Iterator[BookRow]) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow(
        [
            _("Date"),
            _("Number"),
            _("Buyer"),
            _("Order"),
            _("VAT rate"),
            _("Without VAT"),
            _("VAT"),
            _("With VAT"),
        ]
    )
    for row in rows:
        yield writer.writerow(
            [
                row.issued_on.isoformat(),
                row.number,
                _safe(row.buyer),
                row.order,
                _decimal(row.rate_basis_points),
                _decimal(row.net_cents),
                _decimal(row.vat_cents),
                _decimal(row.gross_cents),
            ]
        )


def _safe(text: str) -> str:
    """Keep a text from being read as a formula (SEC-17)."""
    return f"'{text}" if text.startswith(RISKY) else text


def _decimal(hundredths: int) -> str:
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole},{rest:02d}"


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _period(request: HttpRequest) -> tuple[date, date]:
    """Return the asked days; what cannot be read is this month and the two before."""
    today = timezone.localdate()
    first = (today.replace(day=1) - timedelta(days=45)).replace(day=1)
    try:
        since = parse_date(request.GET.get("van", "")) or first
        until = parse_date(request.GET.get("tot", "")) or today
    except ValueError:
        return first, today
    return (since, until) if since <= until else (until, since)
