"""Every month staff look at offers that nobody could choose."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from tests.builders import build_listing
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.random_checks import draw_sample
from winkelstraat.shop.models import Listing, NoticeStep, RandomCheck
from winkelstraat.shop.operations.random_checks import draw_month

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 28)


@pytest.fixture
def staff(client: Client, settings) -> Client:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    client.force_login(User.objects.create_superuser("staf@example.nl"))
    return client


@pytest.fixture
def check() -> RandomCheck:
    build_listing()
    draw_month(today=DAY, size=5)
    return RandomCheck.objects.get()


def test_a_month_draws_the_same_offers_in_any_order_and_the_next_month_others() -> None:
    numbers = list(range(1, 201))
    november = draw_sample(numbers, month=date(2026, 11, 1), size=20)

    assert draw_sample(reversed(numbers), month=date(2026, 11, 1), size=20) == november
    assert draw_sample(numbers, month=date(2026, 12, 1), size=20) != november
    assert len(set(november)) == 20
    assert draw_sample(numbers, month=date(2026, 11, 1), size=0) == []


def test_every_offer_has_the_same_chance() -> None:
    months = [date(year, month, 1) for year in range(2000, 2100) for month in range(1, 13)]
    drawn = [n for month in months for n in draw_sample(range(10), month=month, size=5)]

    assert all(500 < drawn.count(number) < 700 for number in range(10))


def test_only_live_offers_are_drawn_and_once_a_month() -> None:
    live, off = build_listing(), build_listing("Weg")
    Listing.objects.filter(pk=off.pk).update(status="withdrawn")

    assert [draw_month(today=DAY, size=5) for _again in range(2)] == [1, 0]
    assert draw_month(today=date(2026, 12, 3), size=5) == 1
    assert set(RandomCheck.objects.values_list("listing", flat=True)) == {live.pk}


def test_a_fine_offer_stays_and_a_question_goes_to_the_shop(
    staff: Client, check: RandomCheck
) -> None:
    assert check.listing.title in staff.get("/cms/steekproef/").content.decode()
    address = f"/cms/steekproef/{check.pk}/"
    staff.post(address, {"outcome": "asked", "text": ""})
    check.refresh_from_db()
    assert check.outcome == "", "a question says what is asked"

    staff.post(address, {"outcome": "asked", "text": "Wie maakt dit?"})
    staff.post(address, {"outcome": "off", "text": "Toch weg."})
    check.refresh_from_db()
    assert (check.outcome, check.listing.status) == ("asked", "published")
    assert [("Wie maakt dit?" in one.body, one.to) for one in mail.outbox] == [
        (True, [check.listing.seller.enterprise.email])
    ]


def test_what_is_wrong_goes_off_by_the_road_of_a_report(staff: Client, check: RandomCheck) -> None:
    staff.post(f"/cms/steekproef/{check.pk}/", {"outcome": "off", "text": "Geen maker."})

    assert Listing.objects.get().status == "withdrawn"
    step = NoticeStep.objects.get()
    assert (step.outcome, step.text) == ("off", "Geen maker.")
    assert len(mail.outbox) == 1


def test_others_see_and_decide_nothing(client: Client, check: RandomCheck) -> None:
    client.force_login(User.objects.create_user("iemand@example.nl"))
    address = f"/cms/steekproef/{check.pk}/"

    assert client.post(address, {"outcome": "fine"}).status_code in (302, 403)
    check.refresh_from_db()
    assert check.outcome == ""
