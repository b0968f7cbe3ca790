"""The pages at the monitor: releases for anybody, live numbers and names for staff alone."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorpen.register.models import Enterprise
from ketens.models import ProfileRound
from ketens.operations.snapshots import record_quarters, release_profiles
from ketens.queries.profiles.live import get_live_profile
from tests.ketens.profile.street import ask_everybody, build_enterprises, fill_in, sign_in_as
from winkelstraat.accounts.models import Role

pytestmark = pytest.mark.django_db

PROFILE, MOVEMENT = "/monitor/profiel/", "/monitor/beweging/"
ROUNDS = "/monitor/profiel/rondes/"
STAFF = (Role.PROVINCE_ANALYST, Role.PLATFORM_STAFF)
OTHERS = (None, Role.COURIER, Role.MUNICIPAL_BUYER, Role.SOCIAL_RETURN_COORDINATOR)
LATER = datetime(2026, 11, 2, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def skip_the_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> list[Enterprise]:
    """Twelve who aim first, eight of whom measure; six who aim second; nine regular ones."""
    first = build_enterprises(12, stance="impact_first", dimensions=["work"])
    second = build_enterprises(6, stance="impact_second", municipality="Emmen")
    build_enterprises(9, municipality="Meppel")
    ask_everybody()
    for one in first[:8]:
        fill_in(one)
    fill_in(second[0], only=("support",), support=["measure"])
    record_quarters(now=LATER)
    release_profiles(user=None, now=LATER)
    return [*first, *second]


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_the_public_reads_the_release_and_nothing_live(street: list[Enterprise]):
    visitor = Client()
    page = read(visitor, PROFILE)
    assert "SHA-256" in page
    assert not any(one.trade_name in page for one in street)
    # Four more answer today; the release of the quarter does not move.
    ProfileRound.objects.update(last_day=timezone.localdate())
    for one in street[8:12]:
        fill_in(one, now=timezone.now())
    assert main_of(read(visitor, PROFILE)) == main_of(page)


def test_the_public_never_sees_a_group_of_fewer_than_five(street: list[Enterprise]):
    """Four of twelve do not measure, one needs help with measuring: both are hidden."""
    page = read(Client(), PROFILE) + read(Client(), MOVEMENT)
    numbers = {int(text) for text in re.findall(r'<td class="number"[^>]*>(\d+)</td>', page)}
    assert numbers
    assert all(number % 5 == 0 for number in numbers)


@pytest.mark.parametrize("role", STAFF)
def test_staff_sees_live_numbers_names_and_who_did_not_fill_it_in(
    street: list[Enterprise], role: Role
):
    client = sign_in_as(role)
    page = read(client, PROFILE)
    assert street[0].trade_name in page
    assert "no-store" in client.get(PROFILE).headers["Cache-Control"]
    assert "30%" in page  # eight of twenty-seven
    only = read(client, PROFILE + "?gemeente=Emmen")
    names = {one.trade_name for one in street if one.trade_name in only}
    assert names == {one.trade_name for one in street[12:]}
    assert street[0].trade_name in read(client, PROFILE + "?gemeente=Rotterdam&pagina=99")


def test_staff_sees_needs_in_groups_from_three_and_never_beside_a_name(street: list[Enterprise]):
    page = read(sign_in_as(Role.PROVINCE_ANALYST), PROFILE)
    rows = page[page.index('<h2 id="list-title"') :]
    assert "support" not in rows
    # One of nine needs help with measuring.
    live = get_live_profile(today=timezone.localdate())
    support = next(table for table in live.tables if table.key == "support")
    hidden = [row.label for row in support.rows if row.is_hidden]
    assert len(hidden) >= 1
    assert live.response is not None
    assert (live.response.total.asked, live.response.total.complete) == (27, 8)
    assert (live.response.total.half, live.response.total.waiting) == (1, 18)


@pytest.mark.parametrize("role", OTHERS)
def test_others_read_what_the_public_reads(street: list[Enterprise], role: Role | None):
    client = sign_in_as(role)
    for address in (PROFILE, MOVEMENT):
        page = read(client, address)
        assert not any(one.trade_name in page for one in street)
    before = ProfileRound.objects.count()
    today = timezone.localdate().isoformat()
    typed = {"title": "X", "first_day": today, "last_day": today, "version": "1"}
    assert client.get(ROUNDS).status_code == 404
    assert client.post(ROUNDS, typed).status_code == 404
    move = reverse("monitor:move_round", args=[ProfileRound.objects.get().public_id])
    assert client.post(move, {"last_day": today}).status_code == 404
    assert ProfileRound.objects.count() == before
    assert client.get("/monitor/nulmeting/vastzetten/").status_code == 404
    assert Client().get(ROUNDS).status_code == 302


def test_without_a_second_factor_staff_reads_what_the_public_reads(
    street: list[Enterprise], settings: Any
):
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = False
    page = read(sign_in_as(Role.PROVINCE_ANALYST), PROFILE)
    assert street[0].trade_name not in page


def test_staff_sees_who_moved_and_why_and_the_public_sees_a_picture_with_its_table(
    street: list[Enterprise],
):
    staff = read(sign_in_as(Role.PROVINCE_ANALYST), MOVEMENT + "?kwartaal=2026-07-01")
    moved = [one for one in street if one.trade_name in staff]
    assert moved == street[:8]
    assert "naar 3" in staff or "to 3" in staff
    public = read(Client(), MOVEMENT)
    assert "<svg" in public
    assert 'class="stack-part-' in public
    assert read(sign_in_as(Role.PROVINCE_ANALYST), MOVEMENT + "?kwartaal=gisteren")


def test_staff_opens_a_round_and_moves_its_last_day():
    build_enterprises(3)
    client = sign_in_as(Role.PROVINCE_ANALYST)
    today = timezone.localdate()
    typed = {
        "title": "Ronde van nu",
        "first_day": today.isoformat(),
        "last_day": (today - timedelta(days=1)).isoformat(),
        "version": "1",
    }
    refused = client.post(ROUNDS, typed)
    assert refused.status_code == 422
    assert "Ronde van nu" in refused.content.decode()
    assert not ProfileRound.objects.exists()
    typed["last_day"] = (today + timedelta(days=20)).isoformat()
    assert client.post(ROUNDS, typed).status_code == 302
    row = ProfileRound.objects.get()
    assert row.invitations.count() == 3
    assert client.post(ROUNDS, {**typed, "title": "Nog een"}).status_code == 422
    move = reverse("monitor:move_round", args=[row.public_id])
    client.post(move, {"last_day": (today + timedelta(days=2)).isoformat()})
    row.refresh_from_db()
    assert row.last_day == today + timedelta(days=2)
    client.post(move, {"last_day": (today - timedelta(days=2)).isoformat()})
    row.refresh_from_db()
    assert row.last_day == today + timedelta(days=2)
    assert "Ronde van nu" in read(client, ROUNDS)


def test_an_empty_street_has_pages_that_say_so():
    for address in (PROFILE, MOVEMENT, "/monitor/nulmeting/"):
        assert read(Client(), address)
        assert read(sign_in_as(Role.PLATFORM_STAFF), address)
    assert Client().get("/monitor/nulmeting/9/").status_code == 404


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        read(client, address)
    return len(asked)


def test_pages_ask_little_of_the_database(street: list[Enterprise]):
    """Three of the queries of staff are who asks: session, person, role."""
    staff = sign_in_as(Role.PROVINCE_ANALYST)
    assert count(Client(), PROFILE) == 1
    assert count(Client(), MOVEMENT) == 1
    assert count(staff, PROFILE) == 7
    assert count(staff, MOVEMENT) == 7
    assert count(staff, ROUNDS) == 4
