"""Members edit their own chain, staff every chain, and every change is kept."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from dorpen.register.models import Enterprise
from ketens.models import Chain, ChainAgreement, ChainChange, ChainMember
from tests.builders import build_enterprise
from tests.ketens.street import build_bread_chain
from tests.ketens.test_member_desk import sign_in
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/mijn-keten/keten/rogge-brood/"


@pytest.fixture(autouse=True)
def skip_the_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


def describe(story: str) -> dict[str, str]:
    words = {"d-name": "Van rogge tot brood", "d-summary": "Graan van de es.", "d-story": story}
    return {"what": "describe", **words}


def test_a_member_tells_the_story_and_the_history_says_who_did():
    bread = build_bread_chain()
    client = sign_in(bread.bakery)
    assert client.post(ADDRESS, describe("Elke week een busje.")).status_code == 302
    chain = Chain.objects.get()
    assert (chain.name, chain.story) == ("Van rogge tot brood", "Elke week een busje.")
    change = ChainChange.objects.get()
    assert (change.kind, change.changed_by.email) == ("described", User.objects.get().email)
    assert "Van rogge tot brood" in client.get(ADDRESS).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        ChainChange.objects.update(what="iets anders")


def test_a_bare_green_word_is_refused_and_nothing_typed_is_lost():
    client = sign_in(build_bread_chain().bakery)
    refused = client.post(ADDRESS, describe("Ons brood is milieuvriendelijk en CO2-neutraal."))
    assert refused.status_code == 422
    assert "Ons brood is milieuvriendelijk" in refused.content.decode()
    assert Chain.objects.get().story.startswith("Eerste alinea.")
    assert not ChainChange.objects.exists()


def test_agreements_and_members_are_written_down_once():
    bread = build_bread_chain()
    client = sign_in(bread.bakery)
    typed = {"what": "agree", "a-title": "Elke vrijdag", "a-starts_on": "2026-11-01"}
    assert client.post(ADDRESS, typed | {"a-ends_on": "2026-10-01"}).status_code == 422
    assert client.post(ADDRESS, typed).status_code == 302
    assert ChainAgreement.objects.get().title == "Elke vrijdag"
    farm = build_enterprise("Varkenshouderij De Hoek")
    Enterprise.objects.filter(pk=farm.pk).update(status="verified")
    asked = {"what": "let_in", "l-enterprise": farm.pk, "l-role": "receiver"}
    assert client.post(ADDRESS, asked).status_code == 302
    assert client.post(ADDRESS, asked).status_code == 422
    assert ChainMember.objects.filter(enterprise=farm).count() == 1
    assert sorted(ChainChange.objects.values_list("kind", flat=True)) == [
        "agreement_added",
        "member_added",
    ]


def test_a_stranger_sees_nothing_and_staff_may_end_a_chain():
    build_bread_chain()
    stranger = build_enterprise("Molen De Ander")
    client = sign_in(stranger)
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, describe("Van mij")).status_code == 404
    person = User.objects.get(email__startswith=stranger.slug)
    assert client.post(ADDRESS, {"what": "status", "status": "ended"}).status_code == 404
    person.role_grants.create(role="platform_staff")
    assert client.post(ADDRESS, {"what": "status", "status": "ended"}).status_code == 302
    chain = Chain.objects.get()
    assert (chain.status, chain.ended_on is not None) == ("ended", True)
    assert reverse("ketens:chain", args=[chain.slug]) in client.get(ADDRESS).content.decode()
