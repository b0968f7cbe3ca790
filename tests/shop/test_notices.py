"""Anybody reports an offer; staff decide with a reason; a decision can be contested."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.backoffice.test_claims import client_of
from tests.shop.street import NOW, BaseBasket, base_basket
from winkelstraat.accounts.models import Role, User
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.shop.domain.deadlines import working_days_after
from winkelstraat.shop.domain.duties import CannotPublish
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import Listing, Notice, NoticeStep, Outcome
from winkelstraat.shop.operations.drafts import draft_of
from winkelstraat.shop.operations.listings import publish_listing
from winkelstraat.shop.operations.notice_mails import get_notice_key
from winkelstraat.shop.operations.notices import (
    CONTEST_WITHIN,
    Decision,
    NotNow,
    Report,
    contest,
    decide_notice,
    report_listing,
)
from winkelstraat.shop.queries.desk_offers import get_own_listing

pytestmark = pytest.mark.django_db

LIST = "/cms/meldingen/"


@pytest.fixture(autouse=True)
def _back_office(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def report(street: BaseBasket, *, now: datetime = NOW) -> Notice:
    wanted = Report(street.listings[1].pk, "unsafe", "Er zit lood in.", "buur@example.nl")
    return report_listing(report=wanted, now=now)


def staff(name: str) -> User:
    return User.objects.get_or_create(email=f"{name}@provincie.example")[0]


def decide(notice: Notice, name: str = "marijke", outcome: str = "off") -> NoticeStep:
    decision = Decision(outcome, "De maker meldt lood in de verf.")
    return decide_notice(notice_id=notice.pk, decision=decision, user=staff(name), now=NOW)


def status(street: BaseBasket) -> str:
    return Listing.objects.get(pk=street.listings[1].pk).status


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 11, 27), date(2026, 12, 1)),
        (date(2026, 12, 24), date(2026, 12, 29)),
        (date(2027, 4, 26), date(2027, 4, 29)),
    ],
)
def test_two_working_days(day: date, due: date) -> None:
    assert working_days_after(day, 2) == due


def test_a_neighbour_reports_without_an_account_and_hears_that_it_arrived(
    street: BaseBasket, client: Client
) -> None:
    page = f"/melden/{street.listings[1].pk}/"
    product = client.get(f"/aanbod/{street.listings[1].slug}_{street.listings[1].pk}/")
    assert page in product.content.decode()
    assert client.post(page, {"reason": "unsafe", "text": ""}).status_code == 422
    assert client.post(page, {"reason": "gek", "text": "Lood"}).status_code == 422
    robot = {"reason": "unsafe", "text": "Koop", "website": "http://x"}
    client.post(page, robot)
    assert Notice.objects.count() == 0
    sent = {"reason": "unsafe", "text": "Er zit lood in.", "email": "buur@example.nl"}
    answer = client.post(page, sent, follow=True)
    notice = Notice.objects.get()
    assert notice.number in answer.content.decode()
    assert [letter.to for letter in mail.outbox] == [["buur@example.nl"]]
    assert status(street) == "published"


def test_staff_take_it_off_with_a_reason_and_both_sides_hear_it(street: BaseBasket) -> None:
    notice, desk = report(street), client_of(Role.PLATFORM_STAFF)
    assert "Er zit lood in." in desk.get(LIST).content.decode()
    desk.post(f"{LIST}{notice.pk}/", {"outcome": "off", "text": " "})
    assert (status(street), NoticeStep.objects.count()) == ("published", 0)
    desk.post(f"{LIST}{notice.pk}/", {"outcome": "off", "text": "De maker meldt lood."})
    assert status(street) == "withdrawn"
    assert {letter.to[0] for letter in mail.outbox} == {
        "buur@example.nl",
        street.sellers[1].enterprise.email,
    }
    assert all("De maker meldt lood." in letter.body for letter in mail.outbox)
    assert "buur@example.nl" not in mail.outbox[1].body
    with pytest.raises(NotNow):
        decide(notice, "piet", "back")


def test_what_is_contested_is_decided_by_somebody_else(street: BaseBasket, client: Client) -> None:
    notice = report(street)
    page = f"/melding/{notice.number}/{get_notice_key(notice.number)}/"
    client.post(page, {"text": "Te vroeg."})
    assert NoticeStep.objects.count() == 0
    decide(notice)
    client.post(page, {"text": "Het is een andere verf."})
    client.post(page, {"text": "Nog een keer."})
    with pytest.raises(NotNow):
        decide(notice, "marijke", "back")
    decide(notice, "piet", Outcome.BACK)
    assert status(street) == "published"
    kinds = list(NoticeStep.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["decided", "contested", "reviewed"]
    assert "Het is een andere verf." in client.get(page).content.decode()


def test_a_decision_can_be_contested_for_six_months(street: BaseBasket) -> None:
    notice = report(street)
    decide(notice)
    with pytest.raises(NotNow):
        contest(notice=notice, text="Te laat.", now=NOW + CONTEST_WITHIN)
    contest(notice=notice, text="Net op tijd.", now=NOW + CONTEST_WITHIN - timedelta(seconds=1))


def test_only_who_has_the_key_reads_a_report_and_only_staff_decide(
    street: BaseBasket, client: Client
) -> None:
    notice = report(street)
    assert client.get(f"/melding/{notice.number}/verzonnen/").status_code == 404
    for other in (client, client_of(Role.PROVINCE_ANALYST)):
        assert other.get(LIST).status_code in (302, 403)
        other.post(f"{LIST}{notice.pk}/", {"outcome": "off", "text": "Nee."})
    assert status(street) == "published"


def test_the_day_to_decide_is_in_local_time(street: BaseBasket) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=LOCAL)
    assert report(street, now=late).due_on == date(2026, 11, 25)


def test_what_staff_took_off_the_shop_does_not_put_back(street: BaseBasket) -> None:
    listing, notice = street.listings[1], report(street)
    decide(notice)
    offer = get_own_listing(street.sellers[1], listing_id=listing.pk)
    assert offer is not None
    before = Listing.objects.values().get(pk=listing.pk)
    with pytest.raises(CannotPublish, match="taken_off"):
        publish_listing(seller=street.sellers[1], draft=draft_of(offer), now=NOW, listing=listing)
    assert Listing.objects.values().get(pk=listing.pk) == before
    contest(notice=notice, text="Het is een andere verf.", now=NOW)
    decide(notice, "piet", Outcome.BACK)
    publish_listing(seller=street.sellers[1], draft=draft_of(offer), now=NOW, listing=listing)
    assert status(street) == "published"
