"""The back office closes by itself: after half an hour of nothing, or half a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from winkelstraat.accounts.models import Role, User
from winkelstraat.accounts.operations import grant_role, register_person, withdraw_role
from winkelstraat.backoffice.operations import equip_groups

pytestmark = pytest.mark.django_db
PAGE = "/cms/werk/"


@pytest.fixture
def staff(settings: Any, client: Client) -> Client:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()
    person = register_person(email="staf@example.nl", name="Staf")
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    client.force_login(User.objects.get(pk=person.pk))
    return client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    start = timezone.now()

    def go_on(minutes: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=minutes))

    return go_on


def test_after_half_an_hour_of_nothing_staff_sign_in_again(staff: Client, clock: Any):
    assert staff.get(PAGE).status_code == 200
    clock(29)
    assert staff.get(PAGE).status_code == 200
    clock(58)
    assert staff.get(PAGE).status_code == 200
    clock(89)
    answer = staff.get(PAGE)
    assert answer["Location"] == f"/account/login/?next={PAGE}"
    assert "Je was een tijdje weg." in staff.get(answer["Location"]).content.decode()
    assert staff.get(PAGE).status_code == 302


def test_after_half_a_day_staff_sign_in_again_however_busy(staff: Client, clock: Any):
    for minutes in range(0, 720, 20):
        clock(minutes)
        assert staff.get(PAGE).status_code == 200
    clock(721)
    assert staff.get(PAGE).status_code == 302


def test_what_was_sent_too_late_is_not_done(staff: Client, clock: Any):
    staff.get(PAGE)
    clock(31)
    person = register_person(email="nieuw@example.nl")
    staff.post("/cms/roles/new/", {"user": person.pk, "role": "courier"})
    assert not person.role_grants.exists()


def test_the_street_itself_stays_open(staff: Client, clock: Any):
    staff.get(PAGE)
    clock(600)
    assert staff.get("/winkels/").wsgi_request.user.is_authenticated


def test_who_loses_his_role_is_out_at_the_next_request(staff: Client):
    assert staff.get(PAGE).status_code == 200
    withdraw_role(user=User.objects.get(email="staf@example.nl"), role=Role.PLATFORM_STAFF)
    assert staff.get(PAGE).status_code in (302, 403)
