"""A shop is paused or leaves with a reason, hears it, contests it, and is forgotten in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from dorpen.register.models import Membership
from dorpen.register.operations import add_member
from tests.backoffice.test_claims import client_of
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import Role, User
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.shop.domain.refusals import Refusal
from winkelstraat.shop.models import Application, Purchase, SellerProfile, Suspension
from winkelstraat.shop.operations.notices import CONTEST_WITHIN, NotNow
from winkelstraat.shop.operations.suspensions import (
    KEPT_AFTER_END,
    EndsTooSoon,
    Suspending,
    carry_out,
    contest_suspension,
    forget_trader,
    lift_suspension,
    mail_suspension,
    review_suspension,
    suspend_shop,
)
from winkelstraat.shop.queries.suspensions import (
    list_suspensions_due,
    list_traders_to_forget,
    list_unmailed_suspensions,
)

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)
FACTS = "De verf bevat lood en is niet van de straat gehaald."


@pytest.fixture
def street(settings: Any) -> BaseBasket:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()
    return base_basket()


def staff(name: str = "marijke") -> User:
    return User.objects.get_or_create(email=f"{name}@provincie.example")[0]


def decide(
    street: BaseBasket, *, kind: str = "pause", reason: str = "goods", after: timedelta = MONTH * 0
) -> Suspension:
    decision = Suspending(kind, reason, FACTS, NOW + after)
    return suspend_shop(seller=street.sellers[1], decision=decision, user=staff(), now=NOW)


def status(street: BaseBasket) -> str:
    return SellerProfile.objects.get(pk=street.sellers[1].pk).enterprise.status


def test_a_pause_holds_at_once_and_its_orders_stay(street: BaseBasket) -> None:
    bought = pay(order(street))
    decide(street)
    assert status(street) == "suspended"
    with pytest.raises(Refusal):
        order(street)
    assert bought.seller_orders.filter(seller=street.sellers[1], status="paid").exists()
    assert Purchase.objects.count() == 1
    with pytest.raises(NotNow):
        decide(street)


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (29, False), (30, True)])
def test_an_end_is_told_thirty_days_ahead(street: BaseBasket, days: int, is_told: bool) -> None:
    if not is_told:
        with pytest.raises(EndsTooSoon):
            decide(street, kind="end", after=timedelta(days=days))
        assert not Suspension.objects.exists()
        return
    made = decide(street, kind="end", after=timedelta(days=days))
    assert status(street) == "verified", "until then it sells"
    assert list_suspensions_due(now=NOW + MONTH - timedelta(seconds=1)) == []
    assert list_suspensions_due(now=NOW + MONTH) == [made.pk]
    assert carry_out(suspension_id=made.pk, now=NOW + MONTH)
    assert not carry_out(suspension_id=made.pk, now=NOW + MONTH), "once"
    assert status(street) == "suspended"


def test_the_database_refuses_a_shorter_notice_too(street: BaseBasket) -> None:
    made = decide(street, kind="end", after=MONTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=made.pk).update(effective_at=NOW + MONTH / 2)


@pytest.mark.parametrize("reason", ["own_wish", "authority"])
def test_who_asks_himself_or_is_ordered_goes_at_once(street: BaseBasket, reason: str) -> None:
    decide(street, kind="end", reason=reason)
    assert status(street) == "suspended"


def test_the_shop_gets_the_reason_the_facts_and_the_way_to_contest_once(
    street: BaseBasket,
) -> None:
    made = decide(street)
    assert list_unmailed_suspensions() == [made.pk]
    assert mail_suspension(suspension_id=made.pk, now=NOW)
    assert not mail_suspension(suspension_id=made.pk, now=NOW)
    (letter,) = mail.outbox
    assert letter.to == [street.sellers[1].enterprise.email]
    for said in (FACTS, "niet veilig", "/mijn-winkel/besluit/", "zes maanden", "rechter"):
        assert said in letter.body


def test_what_is_contested_is_looked_at_by_somebody_else(street: BaseBasket) -> None:
    made = decide(street)
    with pytest.raises(NotNow):
        look(made, "piet", "lifted")
    contest_suspension(seller=street.sellers[1], text="Het is een andere verf.", now=NOW)
    with pytest.raises(NotNow):
        contest_suspension(seller=street.sellers[1], text="Nog eens.", now=NOW)
    with pytest.raises(NotNow):
        look(made, "marijke", "lifted")
    assert status(street) == "suspended"
    look(made, "piet", "lifted")
    assert status(street) == "verified"
    with pytest.raises(NotNow):
        look(made, "jan", "stays")


def look(made: Suspension, name: str, review: str) -> None:
    review_suspension(
        suspension_id=made.pk, review=review, text="Nagekeken.", user=staff(name), now=NOW
    )


def test_a_decision_can_be_contested_for_six_months(street: BaseBasket) -> None:
    decide(street)
    with pytest.raises(NotNow):
        contest_suspension(seller=street.sellers[1], text="Te laat.", now=NOW + CONTEST_WITHIN)
    moment = NOW + CONTEST_WITHIN - timedelta(seconds=1)
    contest_suspension(seller=street.sellers[1], text="Net op tijd.", now=moment)


def test_what_was_kept_of_a_trader_is_deleted_six_months_after_the_end(
    street: BaseBasket,
) -> None:
    made = decide(street, kind="end", reason="own_wish")
    enterprise = street.sellers[1].enterprise
    owner = User.objects.create_user("verf@example.nl")
    add_member(enterprise=enterprise, user=owner)
    Application.objects.create(
        applicant=owner, enterprise=enterprise, extract=b"uittreksel", saved_at=NOW
    )
    early = NOW + KEPT_AFTER_END - timedelta(seconds=1)
    assert list_traders_to_forget(now=early) == []
    assert not forget_trader(suspension_id=made.pk, now=early)
    assert Application.objects.exists()
    assert list_traders_to_forget(now=NOW + KEPT_AFTER_END) == [made.pk]
    assert forget_trader(suspension_id=made.pk, now=NOW + KEPT_AFTER_END)
    enterprise.refresh_from_db()
    assert (enterprise.email, enterprise.phone, enterprise.street_address) == ("", "", "")
    assert enterprise.kvk_number, "invoices need it for seven years"
    assert not Application.objects.exists()
    assert not Membership.objects.filter(enterprise=enterprise).exists()
    with pytest.raises(NotNow):
        lift_suspension(suspension_id=made.pk, user=staff(), now=NOW)


def test_a_pause_is_never_forgotten(street: BaseBasket) -> None:
    made = decide(street)
    assert not forget_trader(suspension_id=made.pk, now=NOW + KEPT_AFTER_END * 9)


def test_the_owner_reads_and_contests_it_at_his_desk(street: BaseBasket) -> None:
    decide(street)
    owner = User.objects.create_user("verf@example.nl")
    add_member(enterprise=street.sellers[1].enterprise, user=owner, role="owner")  # type: ignore[arg-type]
    client = Client()
    client.force_login(owner)
    page = client.get("/mijn-winkel/besluit/")
    assert FACTS in page.content.decode()
    assert client.post("/mijn-winkel/besluit/", {"text": ""}).status_code == 422
    Suspension.objects.update(decided_at=timezone.now())
    assert client.post("/mijn-winkel/besluit/", {"text": "Niet waar."}).status_code == 302
    assert Suspension.objects.get().contest_text == "Niet waar."


def test_staff_decide_and_nothing_typed_is_lost(street: BaseBasket) -> None:
    typed = {
        "shop": str(street.sellers[1].pk),
        "kind": "end",
        "reason": "debt",
        "text": FACTS,
        "effective_on": timezone.localdate().isoformat(),
    }
    assert Client().post("/cms/besluiten/", typed).status_code == 302
    assert client_of(Role.PROVINCE_ANALYST).post("/cms/besluiten/", typed).status_code in (302, 403)
    assert not Suspension.objects.exists()
    client = client_of(Role.PLATFORM_STAFF)
    soon = client.post("/cms/besluiten/", typed)
    assert (soon.status_code, FACTS in soon.content.decode()) == (422, True)
    no_day = client.post("/cms/besluiten/", {**typed, "effective_on": "2026-02-30"})
    assert (no_day.status_code, FACTS in no_day.content.decode()) == (422, True)
    assert client.post("/cms/besluiten/", {**typed, "kind": "pause"}).status_code == 302
    made = Suspension.objects.get()
    assert client.get("/cms/besluiten/").status_code == 200
    assert client.post(f"/cms/besluiten/{made.pk}/", {"review": "mended"}).status_code == 302
    assert status(street) == "verified"
