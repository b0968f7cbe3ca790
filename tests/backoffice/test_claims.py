"""Staff decide over claims by name and with a reason; others do not get in."""

from typing import Any

import pytest
from django.test import Client

from ketens.models import ClaimVersion
from tests.builders import build_enterprise
from tests.ketens.test_claim_registry import BIO_BREAD, Wording, propose
from winkelstraat.accounts.models import Role, User
from winkelstraat.accounts.operations import grant_role, register_person
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.common.claims import Scope

pytestmark = pytest.mark.django_db
LIST = "/cms/uitspraken/"


def client_of(role: Role) -> Client:
    person = register_person(email=f"{role}@example.nl", name="Marijke Vos")
    grant_role(user=person, role=role)
    client = Client()
    client.force_login(User.objects.get(email=f"{role}@example.nl"))
    return client


@pytest.fixture
def staff(settings: Any) -> Client:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()
    return client_of(Role.PLATFORM_STAFF)


def decide(client: Client, version: ClaimVersion, **said: object) -> Any:
    return client.post(f"{LIST}{version.pk}/", said, follow=True)


def test_a_claim_is_approved_and_read_on_its_public_page(staff: Client, client: Client):
    version = propose(build_enterprise())
    public = f"/waarom/{version.claim.public_id}/"
    assert "Biologisch roggebrood" in staff.get(LIST).content.decode()
    assert client.get(public).status_code == 404
    decide(staff, version, decision="approve", reason="Certificaat gezien.")
    page = client.get(public).content.decode()
    for told in ("Biologisch roggebrood", "NL-BIO-01 123456", "Marijke Vos", "Certificaat gezien."):
        assert told in page
    panel = client.get("/ketens/bij-product/101/").content.decode()
    assert public in panel
    staff.post(f"{LIST}{version.claim.public_id}/eraf/", {})
    assert public not in client.get("/ketens/bij-product/101/").content.decode()


def test_what_the_rules_find_must_be_accepted_by_name(staff: Client):
    version = propose(build_enterprise(), Wording("Milieuvriendelijk brood", Scope.PRODUCT))
    refused = decide(staff, version, decision="approve", reason="Lijkt mij goed.")
    assert "milieuvriendelijk" in refused.content.decode()
    assert ClaimVersion.objects.get().status == "proposed"
    decide(staff, version, decision="approve", reason="")
    assert ClaimVersion.objects.get().status == "proposed"
    decide(staff, version, decision="approve", reason="Merknaam.", accepted=["C01"])
    assert ClaimVersion.objects.get().status == "approved"


def test_an_analyst_may_not_review(staff: Client):
    version = propose(build_enterprise(), BIO_BREAD)
    analyst = client_of(Role.PROVINCE_ANALYST)
    assert analyst.get(LIST).status_code in (302, 403)
    decide(analyst, version, decision="approve", reason="Ja.")
    assert ClaimVersion.objects.get().status == "proposed"
