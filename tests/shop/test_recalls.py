"""A recall mails exactly the buyers of a batch, once, and stands on a public page (MKT-07)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from tests.shop.test_desk import keeper
from winkelstraat.shop.models import Listing, Purchase, Recall, RecallMail
from winkelstraat.shop.operations.notice_mails import mail_recall
from winkelstraat.shop.operations.orders import mark_ready
from winkelstraat.shop.queries.recalls import list_unmailed_recalls
from winkelstraat.shop.tasks import mail_recalls

pytestmark = pytest.mark.django_db

DESK = "/mijn-winkel/terugroepen/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def pack(street: BaseBasket, batch: str, buyer: str) -> Purchase:
    """Sell bread and pack it from a batch."""
    Listing.objects.filter(pk=street.listings[0].pk).update(batch_code=batch)
    purchase = pay(order(street))
    Purchase.objects.filter(pk=purchase.pk).update(buyer_email=buyer)
    mark_ready(seller=street.sellers[0], number=f"{purchase.number}-1", now=NOW)
    return purchase


def typed(street: BaseBasket, **changes: str) -> dict[str, str]:
    return {
        "listing": str(street.listings[0].pk),
        "batch_code": "L-4711",
        "sold_from": (NOW.date() - timedelta(days=3)).isoformat(),
        "sold_until": (NOW.date() + timedelta(days=3)).isoformat(),
        "danger": "Er kan glas in zitten.",
        "advice": "Eet het niet op.",
        **changes,
    }


def test_exactly_the_buyers_of_the_batch_are_mailed_once(street: BaseBasket) -> None:
    pack(street, "L-4711", "een@example.nl")
    pack(street, "L-4712", "twee@example.nl")
    pack(street, "L-4711", "drie@example.nl")
    client = keeper(street, 1)
    seen = client.post(DESK, typed(street))
    assert seen.context["buyers"] == 2
    assert (Recall.objects.count(), RecallMail.objects.count()) == (0, 0)
    client.post(DESK, typed(street, sure="on"))
    mail.outbox.clear()
    mail_recalls()
    mail_recalls()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["drie@example.nl", "een@example.nl"]
    assert all("Er kan glas in zitten." in letter.body for letter in mail.outbox)
    assert list_unmailed_recalls(limit=9) == []


def test_it_leaves_the_street_and_stands_on_a_public_page(street: BaseBasket) -> None:
    pack(street, "L-4711", "een@example.nl")
    keeper(street, 1).post(DESK, typed(street, sure="on"))
    assert Listing.objects.get(pk=street.listings[0].pk).status == "withdrawn"
    page = Client().get("/terugroepacties/").content.decode()
    assert "Er kan glas in zitten." in page
    assert "L-4711" in page
    assert "een@example.nl" not in page


def test_without_a_batch_all_of_the_days_are_meant(street: BaseBasket) -> None:
    pack(street, "L-4711", "een@example.nl")
    pack(street, "", "twee@example.nl")
    client = keeper(street, 1)
    assert client.post(DESK, typed(street, batch_code="")).context["buyers"] == 2
    past = typed(street, batch_code="", sold_until=(NOW.date() - timedelta(days=1)).isoformat())
    assert client.post(DESK, past).context["buyers"] == 0


def test_what_is_packed_keeps_its_batch_when_the_shelf_changes(street: BaseBasket) -> None:
    purchase = pack(street, "L-4711", "een@example.nl")
    Listing.objects.filter(pk=street.listings[0].pk).update(batch_code="L-9999")
    mark_ready(seller=street.sellers[0], number=f"{purchase.number}-1", now=NOW)
    line = purchase.seller_orders.get(sequence=1).lines.get()
    assert line.batch_code == "L-4711"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"danger": ""}, "danger"),
        ({"advice": ""}, "advice"),
        ({"sold_from": "2026-12-31", "sold_until": "2026-12-01"}, "sold_until"),
        ({"sold_from": "1999-01-01"}, "sold_until"),
        ({"sold_from": "gisteren"}, "sold_from"),
        ({"listing": "999999"}, "listing"),
    ],
)
def test_bad_input_changes_nothing(street: BaseBasket, changes: dict[str, str], field: str) -> None:
    pack(street, "L-4711", "een@example.nl")
    answer = keeper(street, 1).post(DESK, typed(street, sure="on", **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Recall.objects.count() == 0
    assert Listing.objects.get(pk=street.listings[0].pk).status == "published"


def test_a_shop_calls_back_its_own_goods_alone(street: BaseBasket) -> None:
    pack(street, "L-4711", "een@example.nl")
    answer = keeper(street, 2).post(DESK, typed(street, sure="on"))
    assert answer.status_code == 422
    assert Recall.objects.count() == 0


def test_who_has_no_address_is_passed_by(street: BaseBasket) -> None:
    pack(street, "L-4711", "een@example.nl")
    keeper(street, 1).post(DESK, typed(street, sure="on"))
    row = RecallMail.objects.get()
    assert mail_recall(recall_mail_id=row.pk, now=timezone.now()) is True
    assert mail_recall(recall_mail_id=row.pk, now=timezone.now()) is False
