# ruff: noqa: F811
"""Staff read a payment's whole story and decide what only people can decide."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.payments.conftest import Purchase, heard, purchase, shops  # noqa: F401
from tests.payments.refund_cases import hand_out, pay, ref, send_all
from winkelstraat.accounts.models import Role, User
from winkelstraat.accounts.operations import grant_role, register_person
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.payments import gateway, operations
from winkelstraat.payments.models import Payment, Refund

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(settings: Any) -> Client:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()
    person = register_person(email="staf@example.nl", name="Staf")
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    client = Client()
    client.force_login(User.objects.get(email="staf@example.nl"))
    return client


@pytest.fixture
def paid(empty_sandbox: Any, purchase: Purchase, heard: list[Any]) -> Payment:
    return pay(empty_sandbox, purchase)


def url(payment: Payment, step: str = "") -> str:
    return f"/cms/betalingen/{payment.pk}/{step}"


def fields(staff: Client, payment: Payment, **changes: str) -> dict[str, str]:
    key = staff.get(url(payment)).context["form"]["key"].value()
    return {"key": key, "reason": "Een gebaar van de straat", **changes}


def test_the_story_tells_everything_in_order(staff: Client, paid: Payment) -> None:
    hand_out(paid, 1)
    staff.post(url(paid, "teruggeven/"), fields(staff, paid, what=ref(paid, 2)))
    send_all()
    page = staff.get(url(paid))
    moments = page.context["story"].moments
    assert [moment.at for moment in moments] == sorted(moment.at for moment in moments)
    kinds = {moment.kind for moment in moments}
    assert kinds == {"payment", "command", "transfer", "refund", "posting"}
    text = page.content.decode()
    assert "€\xa022,41" in text
    assert Refund.objects.get().external_id in text


def test_the_list_finds_by_number_and_by_the_providers_name(staff: Client, paid: Payment) -> None:
    for words in ("K7QX", paid.intent_id, paid.charge_id):
        assert "Bestelling K7QX" in staff.get("/cms/betalingen/", {"q": words}).content.decode()
    empty = staff.get("/cms/betalingen/", {"q": "bestaat niet"}).content.decode()
    assert "Niets gevonden" in empty


@pytest.mark.parametrize(
    ("changes", "cents"),
    [
        ({"what": "everything"}, 4334),
        ({"what": "goodwill", "amount": "10"}, 1000),
        ({"what": "shared", "amount": "10,00"}, 1000),
    ],
)
def test_staff_give_back_once_per_form(
    staff: Client, paid: Payment, changes: dict[str, str], cents: int
) -> None:
    sent = fields(staff, paid, **changes)
    for _time in range(2):
        assert staff.post(url(paid, "teruggeven/"), sent).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount_cents, refund.asked_by) == (cents, "staf@example.nl")


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"what": "goodwill", "amount": "50"}, 409, "Hooguit €\xa043,34"),
        ({"what": "goodwill", "amount": "veel"}, 422, "zoals 2,50"),
        ({"what": "niets"}, 422, "niets"),
        ({"what": "everything", "reason": ""}, 422, "verplicht"),
    ],
)
def test_what_cannot_be_says_why_and_changes_nothing(
    staff: Client, paid: Payment, changes: dict[str, str], status: int, says: str
) -> None:
    answer = staff.post(url(paid, "teruggeven/"), fields(staff, paid, **changes))
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not Refund.objects.exists()


def test_a_payment_set_apart_is_decided_over_once(
    staff: Client,
    empty_sandbox: Any,
    purchase: Purchase,
    heard: list[Any],
) -> None:
    payment = purchase.open()
    session = empty_sandbox.act(payment.session_id, "pay")
    empty_sandbox.change(session["payment_intent"], metadata={"platform": "winkelstraat"})
    operations.finalise_payment(payment_id=payment.pk, now=timezone.now())
    said = staff.post(url(payment, "beslissen/"), {"decision": "accept"}, follow=True)
    assert "Het klopt nog steeds niet" in said.content.decode()
    staff.post(url(payment, "beslissen/"), {"decision": "back"})
    said = staff.post(url(payment, "beslissen/"), {"decision": "back"}, follow=True)
    assert "Iemand heeft hier al over beslist" in said.content.decode()
    assert Refund.objects.get().amount_cents == 4834


@pytest.mark.parametrize("decision", ["shops", "street"])
def test_a_refund_made_elsewhere_is_given_a_bearer(
    staff: Client, paid: Payment, decision: str
) -> None:
    gateway.create_refund({"payment_intent": paid.intent_id, "amount": 500}, "elsewhere")
    operations.take_in_refunds(payment_id=paid.pk, now=timezone.now())
    refund = Refund.objects.get()
    staff.post(url(paid, f"terugbetaling/{refund.pk}/"), {"decision": decision})
    refund.refresh_from_db()
    assert not refund.is_open
    assert refund.parts.exists() == (decision == "shops")


def test_a_refund_of_another_payment_is_not_found(staff: Client, paid: Payment) -> None:
    assert staff.post(url(paid, "terugbetaling/999/"), {"decision": "shops"}).status_code == 404


def test_nobody_else_sees_or_moves_money(staff: Client, paid: Payment, client: Client) -> None:
    analyst = register_person(email="analist@example.nl")
    grant_role(user=analyst, role=Role.PROVINCE_ANALYST)
    client.force_login(analyst)
    for step in ("", "teruggeven/", "beslissen/", "terugbetaling/1/"):
        call = client.post if step else client.get
        answer = call(url(paid, step), {"what": "everything", "key": "1", "reason": "x"})
        assert answer.status_code in (302, 403)
    assert client.get("/cms/betalingen/").status_code in (302, 403)
    assert not Refund.objects.exists()


def test_staff_see_what_the_last_comparison_found(
    staff: Client, empty_sandbox: Any, paid: Payment
) -> None:
    now = timezone.now()
    empty_sandbox.pass_time(60)
    operations.sweep_payments(now=now + timedelta(minutes=2))
    operations.reconcile_payments(since=now - timedelta(days=1), now=now)
    assert "De boeken kloppen met de betaaldienst" in staff.get("/cms/betalingen/").content.decode()
    empty_sandbox.change(paid.charge_id, amount=4335)
    later = now + timedelta(minutes=5)
    operations.reconcile_payments(since=now - timedelta(days=1), now=later)
    page = staff.get("/cms/betalingen/").content.decode()
    assert "De boeken kloppen niet met de betaaldienst" in page
    assert "charge differs by +1 cents" in page
    assert str(paid.reference) in page
