"""Staff see what they need in the back office; others see nothing."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from winkelstraat.accounts.models import Role, User
from winkelstraat.accounts.operations import grant_role, register_person
from winkelstraat.backoffice.operations import equip_groups

pytestmark = pytest.mark.django_db

LISTS = ("enterprises", "pickup_points", "purchases", "seller_orders", "roles")


@pytest.fixture
def staff(settings: Settings) -> User:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()
    person = register_person(email="staf@example.nl", name="Staf")
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    return person


@pytest.mark.parametrize("name", LISTS)
def test_platform_staff_open_every_list(client: Client, staff: User, name: str) -> None:
    client.force_login(staff)
    assert client.get(f"/cms/{name}/").status_code == 200


@pytest.mark.parametrize("name", ["purchases", "seller_orders"])
def test_nobody_adds_or_edits_what_was_bought(client: Client, staff: User, name: str) -> None:
    client.force_login(staff)
    assert client.get(f"/cms/{name}/new/").status_code == 302
    assert client.post(f"/cms/{name}/new/", {"status": "paid"})["Location"] == "/cms/"


def test_a_resident_does_not_enter_the_back_office(client: Client, staff: User) -> None:
    resident = register_person(email="bewoner@example.nl")
    client.force_login(resident)
    assert client.get("/cms/").status_code == 302
    assert client.get("/cms/enterprises/").status_code == 302


def test_an_analyst_sees_enterprises_and_no_purchases(client: Client, staff: User) -> None:
    analyst = register_person(email="analist@example.nl")
    grant_role(user=analyst, role=Role.PROVINCE_ANALYST)
    client.force_login(analyst)
    assert client.get("/cms/enterprises/").status_code == 200
    assert client.get("/cms/purchases/").status_code == 302
