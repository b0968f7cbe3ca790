"""Staff review levels by name and with a reason; others do not get in."""

from typing import Any

import pytest
from django.test import Client

from dorpen.register.models import Enterprise
from ketens.models import LevelClaim
from ketens.operations.levels import LevelProof, claim_level
from tests.backoffice.test_claims import client_of
from tests.backoffice.test_claims import staff as staff
from tests.builders import build_enterprise
from tests.ketens.impactpad.pads import without
from tests.ketens.impactpad.writing import NOW, publish, write
from winkelstraat.accounts.models import Role

pytestmark = pytest.mark.django_db
LIST = "/cms/impactpad/"
PDF = b"%PDF-1.7 verslag"


@pytest.fixture
def bakery() -> Enterprise:
    bakery = build_enterprise("Bakkerij Oost")
    write(bakery)
    publish(bakery)
    return bakery


def claim(bakery: Enterprise, level: int = 1) -> LevelClaim:
    proof = LevelProof("Ons jaarverslag.", "", PDF, "verslag.pdf", "application/pdf")
    return claim_level(enterprise=bakery, level=level, proof=proof, user=None, now=NOW)


def decide(client: Client, waiting: LevelClaim, **said: object) -> Any:
    return client.post(f"{LIST}{waiting.public_id}/", said, follow=True)


def test_a_level_is_reviewed_and_read_in_public(staff: Client, client: Client, bakery: Enterprise):
    waiting = claim(bakery)
    page = staff.get(LIST).content.decode()
    for told in ("Bakkerij Oost", "Ons jaarverslag.", "verslag.pdf", "Sociale missie"):
        assert told in page
    whole = staff.get(f"{LIST}{waiting.public_id}/pagina/").content.decode()
    assert "Geen brood uit onze oven gaat weg." in whole
    given = staff.get(f"{LIST}{waiting.public_id}/bewijs/")
    assert (given.content, given["x-content-type-options"]) == (PDF, "nosniff")
    decide(staff, waiting, decision="review", reason="")
    assert LevelClaim.objects.get().status == "claimed"
    decide(staff, waiting, decision="review", reason="Verslag gelezen.")
    page = client.get(f"/impact/{bakery.slug}/").content.decode()
    assert "Verslag gelezen." in page
    assert "Marijke Vos" in page
    assert "verslag.pdf" not in page


def test_what_is_missing_stands_in_the_queue_and_keeps_it_away(staff: Client, bakery: Enterprise):
    decide(staff, claim(bakery), decision="review", reason="Gelezen.")
    waiting = claim(bakery, 2)
    write(bakery, without(links=()))
    assert "staat los" in staff.get(LIST).content.decode()
    refused = decide(staff, waiting, decision="review", reason="Gelezen.")
    assert "staat los" in refused.content.decode()
    waiting.refresh_from_db()
    assert waiting.status == "claimed"
    decide(staff, waiting, decision="refuse", reason="De tekening is leeg.")
    waiting.refresh_from_db()
    assert (waiting.status, waiting.reason) == ("refused", "De tekening is leeg.")


def test_an_analyst_may_not_review(staff: Client, bakery: Enterprise):
    waiting = claim(bakery)
    analyst = client_of(Role.PROVINCE_ANALYST)
    for tail in ("", f"{waiting.public_id}/pagina/", f"{waiting.public_id}/bewijs/"):
        assert analyst.get(f"{LIST}{tail}").status_code in (302, 403)
    decide(analyst, waiting, decision="review", reason="Ja.")
    assert LevelClaim.objects.get().status == "claimed"
