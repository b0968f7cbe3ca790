"""Invoices without gaps, credit notes that add up, and nothing that changes (W37, W38, TAX-07)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from tests.payments.conftest import Purchase, Shop
from tests.payments.refund_cases import give_back, parts_of, pay, ref
from winkelstraat.payments import operations
from winkelstraat.payments.domain.papers import PaperContent
from winkelstraat.payments.models import Paper, PaperSeries, Payment, Refund
from winkelstraat.payments.operations.paper_pdf import draw_html

BUYER = operations.Party(name="Janna Veen", email="janna@example.nl")


def issue(payment: Payment, **more: Any) -> list[Paper]:
    fields = {"buyer": BUYER, "kor_shops": frozenset(), "now": timezone.now(), **more}
    return operations.issue_invoices(payment_id=payment.pk, **fields)


def numbers(kind: str = "invoice") -> list[str]:
    found = Paper.objects.filter(kind=kind).order_by("enterprise_id", "number")
    return list(found.values_list("number", flat=True))


@pytest.mark.django_db
def test_each_shop_has_a_series_of_its_own_and_a_payment_its_invoices_once(
    sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    for _time in range(2):
        payment = pay(sandbox, Purchase(shops))
        assert len(issue(payment)) == 3
        assert issue(payment) == []
    year = timezone.localdate().year
    assert numbers() == [f"F{year}-0001", f"F{year}-0002"] * 3


@pytest.mark.django_db
def test_w37_a_rolled_back_payment_takes_no_number_and_a_year_begins_anew(
    sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    payment = pay(sandbox, Purchase(shops))
    with transaction.atomic():
        issue(payment)
        transaction.set_rollback(True)
    assert numbers() == []
    issue(payment, now=datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    issue(pay(sandbox, Purchase(shops)), now=datetime(2026, 12, 31, 23, 1, tzinfo=UTC))
    assert numbers() == ["F2026-0001", "F2027-0001"] * 3


@pytest.mark.django_db(transaction=True)
def test_w37_a_hundred_paid_at_once_over_two_shops_leave_no_gap(
    sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    payments = []
    for _time in range(100):
        purchase = Purchase(shops[:2], ref=uuid4())
        request = purchase.request(parts=parts_of(shops[:2], purchase.ref))
        with transaction.atomic():
            payments.append(operations.open_payment(request=request, now=timezone.now()))

    def work(payment: Payment) -> None:
        try:
            with transaction.atomic():
                issue(payment)
                if payment.pk % 5 == 0:
                    raise RuntimeError  # a fifth of them is rolled back
        except RuntimeError:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(work, payments))
    kept = sum(payment.pk % 5 != 0 for payment in payments)
    for series in PaperSeries.objects.all():
        places = sorted(series.papers.values_list("place", flat=True))
        assert places == list(range(1, kept + 1))
        assert series.last_place == kept


@pytest.mark.django_db
def test_an_invoice_is_never_changed_or_thrown_away(
    sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    (paper, *_others) = issue(pay(sandbox, Purchase(shops)))
    for statement in (
        "UPDATE payments_paper SET gross_cents = 1 WHERE id = %s",
        "UPDATE payments_paper SET number = 'F1', pdf = 'x' WHERE id = %s",
        "DELETE FROM payments_paper WHERE id = %s",
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [paper.pk])
    Paper.objects.filter(pk=paper.pk).update(pdf=b"first")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(pdf=b"second")


@pytest.mark.django_db
def test_w38_the_vat_of_all_credit_notes_is_the_vat_that_was_invoiced(
    empty_sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, Purchase(shops))
    issue(payment)
    for _time in range(3):
        give_back(payment, units={ref(payment, 1): {"1": 1}})
    give_back(payment, shared_cents=777)
    give_back(payment, shops=[ref(payment, number) for number in (2, 3)])
    for refund in Refund.objects.order_by("pk"):
        assert Paper.objects.filter(refund_part__refund=refund).exists()
        assert not operations.issue_credit_notes(refund_id=refund.pk, now=timezone.now())
    for shop in shops:
        papers = Paper.objects.filter(enterprise_id=shop.enterprise_id)
        invoice = PaperContent.from_json(papers.get(kind="invoice").content)
        notes = [PaperContent.from_json(note.content) for note in papers.filter(kind="credit_note")]
        assert sum(note.gross_cents for note in notes) == invoice.gross_cents
        assert sum(note.vat_cents for note in notes) == invoice.vat_cents
        assert sum(note.net_cents for note in notes) == invoice.net_cents
        for note in notes:
            assert sum(line.amount_cents for line in note.lines) == note.gross_cents
            assert note.refers_to == papers.get(kind="invoice").number


@pytest.mark.django_db
def test_w36_a_shop_under_the_small_business_scheme_names_no_vat(
    sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    payment = pay(sandbox, Purchase(shops))
    kor = frozenset({shops[0].enterprise_id})
    issue(payment, kor_shops=kor)
    page = draw_html(Paper.objects.get(enterprise_id=shops[0].enterprise_id))
    assert "kleineondernemersregeling" in page
    assert "Totaal zonder btw" not in page
    assert "NL" not in page.split("</header>")[0].split("KVK")[-1]
    other = draw_html(Paper.objects.get(enterprise_id=shops[1].enterprise_id))
    assert "Totaal zonder btw" in other


@pytest.mark.django_db
def test_a_months_commission_is_invoiced_once_with_its_vat(shops: list[Shop]) -> None:
    wish = {
        "enterprise_id": shops[0].enterprise_id,
        "month": date(2026, 11, 1),
        "gross_cents": 109,
        "now": timezone.now(),
    }
    first = operations.issue_commission_invoice(**wish)
    assert operations.issue_commission_invoice(**wish) == first
    assert first is not None
    content = PaperContent.from_json(first.content)
    assert (content.gross_cents, content.vat_cents) == (109, 19)
    assert first.number.startswith("P")
    other = {**wish, "enterprise_id": shops[1].enterprise_id, "gross_cents": 0}
    assert operations.issue_commission_invoice(**other) is None
    assert Paper.objects.count() == 1


@pytest.mark.django_db
def test_every_shop_gets_one_invoice_for_a_months_commission(
    empty_sandbox: Any, shops: list[Shop], heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, Purchase(shops))
    give_back(payment, shops=[ref(payment, 2)])
    month = timezone.localdate().replace(day=1)
    for expected in (2, 2):
        assert operations.issue_month(month=month, now=timezone.now()) == expected
    found = Paper.objects.filter(kind="commission").order_by("place")
    assert list(found.values_list("gross_cents", flat=True)) == [20, 33]
    assert list(found.values_list("place", flat=True)) == [1, 2]
