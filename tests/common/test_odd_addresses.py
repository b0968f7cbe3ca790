"""An address that nobody made leads to no page; it never ends in an error of ours."""

import pytest
from django.test import Client

from tests.ketens.profile.street import sign_in_as
from winkelstraat.accounts.models import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/moet-op/mail/%00/",
        "/agenda/%00.ics",
        "/melding/1/%00/",
        "/bestelling/1/%00/",
        "/monitor/sdg/%00/",
        "/monitor/jaarverslag/0/",
        "/monitor/jaarverslag/10000/",
        f"/monitor/jaarverslag/{'9' * 20}/",
    ],
)
def test_an_address_that_cannot_be_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("subject", ["place", "action"])
def test_notes_about_what_cannot_be_are_no_page(
    settings: pytest.FixtureRequest, subject: str
) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True  # type: ignore[attr-defined]
    staff = sign_in_as(Role.PLATFORM_STAFF)
    assert staff.get(f"/monitor/aantekeningen/{subject}/%00/").status_code == 404


@pytest.mark.parametrize("name", ["chain", "product_group", "ref_area"])
def test_the_api_knows_no_figures_of_what_cannot_be(client: Client, name: str) -> None:
    answer = client.get(f"/api/v1/figures?{name}=%00")
    assert (answer.status_code, answer.json()["figures"]) == (200, [])
