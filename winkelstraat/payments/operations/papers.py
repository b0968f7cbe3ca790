"""Issue papers: a number under the series' lock, and the content frozen beside it (TAX-07).

All of it happens in the transaction of what the paper is about, so a payment that is
rolled back takes no number with it.
"""

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from dorpen.register.models import Enterprise
from winkelstraat.payments.domain.lines import PartLine
from winkelstraat.payments.domain.papers import (
    PaperContent,
    PaperLine,
    Party,
    commission_vat,
    invoice_lines,
    number_of,
    read_vat,
)
from winkelstraat.payments.domain.states import PaymentState
from winkelstraat.payments.models import (
    PREFIXES,
    Paper,
    PaperKind,
    PaperSeries,
    PaymentPart,
    RefundPart,
)


@transaction.atomic
def issue_invoices(
    *, payment_id: int, buyer: Party, kor_shops: frozenset[int], now: datetime
) -> list[Paper]:
    """Issue one invoice per shop of a paid payment, each once.

    `kor_shops` are the enterprises that name no VAT on the day of supply (TAX-06).
    """
    parts = PaymentPart.objects.filter(payment_id=payment_id, invoice=None).select_related(
        "payment", "enterprise__village"
    )
    day = timezone.localdate(now)
    return [
        _issue(
            PaperKind.INVOICE,
            part.enterprise,
            _invoice_content(part, buyer, part.enterprise_id in kor_shops, day),
            now,
            part=part,
        )
        for part in parts.order_by("enterprise_id")
    ]


@transaction.atomic
def issue_credit_notes(*, refund_id: int, now: datetime) -> list[Paper]:
    """Issue a credit note for each invoice that a refund undoes something of, each once."""
    rows = (
        RefundPart.objects.filter(
            refund_id=refund_id, credit_note=None, gross_cents__gt=0, part__invoice__isnull=False
        )
        .select_related("refund", "part__enterprise")
        .order_by("part__enterprise_id")
    )
    return [
        _issue(
            PaperKind.CREDIT_NOTE, row.part.enterprise, _credit_content(row), now, refund_part=row
        )
        for row in rows
    ]


@transaction.atomic
def issue_commission_invoice(
    *, enterprise_id: int, month: date, gross_cents: int, now: datetime
) -> Paper | None:
    """Issue the platform's invoice to a shop for a month's commission, once; None for nothing."""
    if gross_cents <= 0:
        return None
    found = Paper.objects.filter(
        kind=PaperKind.COMMISSION, enterprise_id=enterprise_id, month=month
    ).first()
    if found:
        return found
    enterprise = Enterprise.objects.select_related("village").get(pk=enterprise_id)
    vat = commission_vat(gross_cents)
    content = PaperContent(
        seller=Party(**settings.PLATFORM_PARTY),
        buyer=party_of(enterprise),
        lines=(PaperLine("commission", 1, gross_cents, vat.rate_basis_points),),
        vat=(vat,),
        gross_cents=gross_cents,
        supplied_on=month.isoformat(),
    )
    return _issue(PaperKind.COMMISSION, enterprise, content, now, month=month)


def issue_month(*, month: date, now: datetime) -> int:
    """Issue every shop's commission invoice for the month that begins on a day; return how many.

    What was given back in the month lowers it; a month below zero waits for the next.
    """
    first, last = _bounds(month)
    taken = PaymentPart.objects.filter(
        payment__state=PaymentState.PAID, payment__paid_at__gte=first, payment__paid_at__lt=last
    )
    given = RefundPart.objects.filter(refund__created_at__gte=first, refund__created_at__lt=last)
    fees: Counter[int] = Counter()
    for shop, cents in taken.values_list("enterprise_id").annotate(Sum("fee_cents")):
        fees[shop] += cents
    for shop, cents in given.values_list("part__enterprise_id").annotate(Sum("fee_cents")):
        fees[shop] -= cents
    issued = [
        issue_commission_invoice(enterprise_id=shop, month=month, gross_cents=cents, now=now)
        for shop, cents in sorted(fees.items())
    ]
    return sum(paper is not None for paper in issued)


def _bounds(month: date) -> tuple[datetime, datetime]:
    """Return the first moment of a month and that of the next, in local time."""
    following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    first, last = (datetime.combine(day, time.min) for day in (month.replace(day=1), following))
    return timezone.make_aware(first), timezone.make_aware(last)


def party_of(enterprise: Enterprise) -> Party:
    """Return an enterprise as it stands on paper."""
    return Party(
        name=enterprise.legal_name,
        address=enterprise.street_address,
        postcode=enterprise.postcode,
        place=enterprise.village.name,
        company_number=enterprise.kvk_number,
        vat_number=enterprise.vat_number,
        email=enterprise.email,
    )


def _invoice_content(part: PaymentPart, buyer: Party, kor: bool, day: date) -> PaperContent:
    return PaperContent(
        seller=party_of(part.enterprise),
        buyer=buyer,
        lines=invoice_lines(PartLine.from_json(line) for line in part.lines),
        vat=read_vat(part.vat_groups),
        gross_cents=part.gross_cents,
        paid_by_platform_cents=part.platform_discount_cents,
        kor=kor,
        order=part.seller_order_ref,
        payment_reference=str(part.payment.reference),
        supplied_on=day.isoformat(),
    )


def _credit_content(row: RefundPart) -> PaperContent:
    invoice = Paper.objects.defer("pdf").get(part_id=row.part_id)
    original = PaperContent.from_json(invoice.content)
    return PaperContent(
        seller=original.seller,
        buyer=original.buyer,
        lines=_credited_lines(row),
        vat=read_vat(row.vat_groups),
        gross_cents=row.gross_cents,
        paid_by_platform_cents=max(0, row.discount_cents),
        kor=original.kor,
        order=original.order,
        payment_reference=original.payment_reference,
        supplied_on=original.supplied_on,
        refers_to=invoice.number,
        reason=row.refund.reason,
    )


def _credited_lines(row: RefundPart) -> tuple[PaperLine, ...]:
    """Return the credited units, and one line per rate for what no unit explains."""
    lines: list[PaperLine] = [
        PaperLine(line["title"], line["units"], line["gross_cents"], line["rate_basis_points"])
        for line in row.lines
    ]
    for group in read_vat(row.vat_groups):
        named = sum(
            line.amount_cents for line in lines if line.rate_basis_points == group.rate_basis_points
        )
        if group.gross_cents != named:
            rest = group.gross_cents - named
            lines.append(PaperLine("price reduction", 1, rest, group.rate_basis_points))
    return tuple(lines)


def _issue(
    kind: PaperKind, enterprise: Enterprise, content: PaperContent, now: datetime, **about: object
) -> Paper:
    day = timezone.localdate(now)
    owner = None if kind == PaperKind.COMMISSION else enterprise
    series = _take_number(owner, kind, day.year)
    number = number_of(PREFIXES[kind], day.year, series.last_place)
    frozen = content.as_json()
    return Paper.objects.create(
        series=series,
        place=series.last_place,
        number=number,
        kind=kind,
        enterprise=enterprise,
        issued_on=day,
        issued_at=now,
        gross_cents=content.gross_cents,
        content=frozen,
        digest=digest_of(number, frozen),
        **about,
    )


def digest_of(number: str, content: object) -> str:
    """Return the sha256 of a paper's number and content, however the keys are ordered."""
    text = json.dumps([number, content], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _take_number(owner: Enterprise | None, kind: PaperKind, year: int) -> PaperSeries:
    """Lock the series and take its next place; the lock holds until commit."""
    series, _is_new = PaperSeries.objects.get_or_create(enterprise=owner, kind=kind, year=year)
    PaperSeries.objects.filter(pk=series.pk).update(last_place=F("last_place") + 1)
    series.refresh_from_db(fields=["last_place"])
    return series
