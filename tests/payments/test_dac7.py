"""Who is reported, per quarter of transfer, and corrections that keep the old file (W29 to W31)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.utils import timezone

from dorpen.register.models import Enterprise
from tests.payments.conftest import Purchase
from tests.payments.refund_cases import give_back, hand_out, pay, ref
from winkelstraat.payments import operations
from winkelstraat.payments.domain.dac7 import (
    DPI,
    Message,
    Quarter,
    Seller,
    is_reportable,
    quarter_of,
    whole_euros,
    write_dac7,
)
from winkelstraat.payments.models import Dac7Exclusion, Dac7Report, ShopTransfer, TransferReversal
from winkelstraat.payments.queries.dac7 import list_sellers

S1 = Seller(
    1, "Bakkerij Es", "Brink 1", "9331 AA", "Norg", "12345678", "NL123456789B01", "acct_1", False
)


def of(sales: int, cents: int, **more: Any) -> Seller:
    return replace(S1, quarters={2: Quarter(cents, 0, sales)}, **more)


@pytest.mark.parametrize(
    ("seller", "reported"),
    [
        (of(31, 125_000), True),
        (of(12, 200_000), False),
        (of(29, 200_001), True),
        (of(30, 30_000), True),
        (of(29, 200_000), False),
        (of(500, 900_000, excluded_because="gemeente"), False),
        (of(0, 0), False),
    ],
)
def test_w29_thirty_sales_or_more_than_two_thousand_euros(seller: Seller, reported: bool) -> None:
    assert is_reportable(seller) == reported


def test_the_threshold_looks_at_what_is_left_after_fees() -> None:
    seller = replace(S1, quarters={1: Quarter(205_000, 5_000, 3), 4: Quarter(1, 1, 0)})
    assert not is_reportable(seller)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 3, 31), 1), (date(2026, 4, 1), 2), (date(2026, 9, 30), 3), (date(2026, 10, 1), 4)],
)
def test_a_day_belongs_to_its_quarter(day: date, quarter: int) -> None:
    assert quarter_of(day) == quarter


def test_only_the_file_is_in_whole_euros() -> None:
    assert [whole_euros(cents) for cents in (49, 50, 149, 150, -50)] == [0, 1, 1, 2, -1]
    platform = {
        "name": "Straat",
        "address": "Weg 1",
        "postcode": "9400 AA",
        "place": "Assen",
        "company_number": "00000000",
    }
    message = Message("NL2026-1", 2026, datetime(2027, 1, 10, tzinfo=UTC), platform)
    seller = replace(S1, quarters={1: Quarter(10_050, 251, 4), 2: Quarter(99, 0, 30)})
    root = ElementTree.fromstring(write_dac7(message, [seller]))

    def texts(name: str) -> list[str | None]:
        return [element.text for element in root.iter(f"{{{DPI}}}{name}")]

    assert texts("MessageTypeIndic") == ["DPI401"]
    assert texts("ReportingPeriod") == ["2026-12-31"]
    assert [texts(f"ConsQ{q}") for q in (1, 2, 3, 4)] == [["98"], ["1"], ["0"], ["0"]]
    assert [texts(f"NumbQ{q}") for q in (1, 2)] == [["4"], ["30"]]
    assert texts("FeesQ1") == ["3"]
    assert texts("IN") == ["12345678"]
    assert texts("TIN")[-1] == "NOTIN"


@pytest.mark.django_db
def test_a_year_is_what_was_transferred_less_what_came_back_in_its_own_quarter(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    payment = pay(empty_sandbox, purchase)
    hand_out(payment)
    give_back(payment, units={ref(payment, 1): {"1": 1}})
    ShopTransfer.objects.update(sent_at=datetime(2026, 9, 30, 12, tzinfo=UTC))
    TransferReversal.objects.update(done_at=datetime(2026, 10, 2, 12, tzinfo=UTC))
    baker = list_sellers(2026)[0]
    assert baker.quarters[3] == Quarter(793, 20, 1)
    assert baker.quarters[4] == Quarter(-265, -7, 0)
    assert list_sellers(2027) == []


@pytest.mark.django_db
def test_w31_a_correction_is_a_new_version_and_the_old_one_stays(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any]
) -> None:
    year = timezone.localdate().year
    for _time in range(31):
        hand_out(pay(empty_sandbox, Purchase(purchase.shops[:1])))
    first = operations.make_dac7_report(year=year, now=timezone.now())
    (name,) = first.documents.values()
    second = operations.make_dac7_report(year=year, now=timezone.now() + timedelta(days=1))
    assert (first.version, second.version) == (1, 2)
    assert "DPI401" in first.xml
    assert "DPI402" in second.xml
    assert f"CorrDocRefId>{name}<" in second.xml
    assert Dac7Report.objects.get(version=1).xml == first.xml
    mail.outbox.clear()
    assert [operations.mail_dac7_copies(report_id=second.pk) for _time in range(2)] == [1, 0]
    (copy,) = mail.outbox
    assert copy.to == [Enterprise.objects.get(pk=purchase.shops[0].enterprise_id).email]
    quarter = quarter_of(timezone.localdate())
    # 31 times 7,73 for the shop and 0,20 for the street.
    assert f"Kwartaal {quarter}: 31 verkopen, €\xa0239,63 voor jou" in copy.body
    assert second.reference in copy.body
    Dac7Exclusion.objects.create(
        enterprise_id=purchase.shops[0].enterprise_id, reason="gemeente", evidence="besluit 12"
    )
    third = operations.make_dac7_report(year=year, now=timezone.now() + timedelta(days=2))
    assert third.documents == {}
