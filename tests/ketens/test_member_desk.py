"""The desk of who takes part: quick to fill in, closed to others, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import MemberRole
from dorpen.register.operations import add_member
from ketens.domain.work import months_later
from ketens.models import (
    BatchEntry,
    Claim,
    ClaimVersion,
    Factor,
    MonthConfirmation,
    Round,
    StackedBlock,
    WorkMonth,
)
from tests.builders import build_enterprise
from tests.ketens.street import BreadChain, build_bread_chain
from tests.ketens.test_blocks import CLAIMED, move, oblige, stack
from tests.ketens.test_blocks import block as filled_block
from tests.ketens.test_blocks import north as north
from tests.ketens.test_claim_registry import propose
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def skip_the_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def bread() -> BreadChain:
    return build_bread_chain()


def sign_in(enterprise: Enterprise, role: MemberRole = MemberRole.OWNER) -> Client:
    user = User.objects.create_user(f"{enterprise.slug}-{role}@example.nl")
    add_member(enterprise=enterprise, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, name: str, data: dict[str, object], *args: object) -> Any:
    return client.post(reverse(f"chain_desk:{name}", args=args), data)


def test_a_leftover_is_three_fields(bread: BreadChain):
    client = sign_in(bread.bakery)
    page = client.get(reverse("chain_desk:leftovers"))
    assert page.status_code == 200
    typed = {
        "member": bread.members["bakery"].pk,
        "what": "Brood",
        "kilos": "4,5",
        "rung": "4",
        "day": timezone.localdate().isoformat(),
        "weighing": "weighed",
    }
    assert send(client, "leftovers", typed).status_code == 302
    assert BatchEntry.objects.get().mass_g == 4_500
    assert "4,5 kg" in client.get(reverse("chain_desk:leftovers")).content.decode()


def test_what_is_unlikely_is_asked_again_and_what_was_typed_stays(bread: BreadChain):
    client = sign_in(bread.bakery)
    typed = {
        "member": bread.members["bakery"].pk,
        "what": "Brood van gisteren",
        "kilos": "900",
        "rung": "4",
        "day": timezone.localdate().isoformat(),
        "weighing": "weighed",
    }
    asked = send(client, "leftovers", typed)
    assert asked.status_code == 422
    assert "Brood van gisteren" in asked.content.decode()
    assert not BatchEntry.objects.exists()
    assert send(client, "leftovers", typed | {"sure": "on"}).status_code == 302


def test_a_negative_weight_and_a_day_to_come_are_refused(bread: BreadChain):
    client = sign_in(bread.bakery)
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {
        "member": bread.members["bakery"].pk,
        "what": "Brood",
        "kilos": "-2",
        "rung": "4",
        "day": tomorrow.isoformat(),
        "weighing": "weighed",
    }
    assert send(client, "leftovers", typed).status_code == 422
    assert send(client, "leftovers", typed | {"kilos": "2"}).status_code == 422
    assert not BatchEntry.objects.exists()


def test_a_round_is_written_down_with_its_stops(bread: BreadChain):
    client = sign_in(bread.bakery)
    diesel = Factor.objects.get(key="diesel_b7.wtw")
    typed = {
        "member": bread.members["bakery"].pk,
        "driven_on": "2026-11-19",
        "kilometres": "38",
        "factor": diesel.pk,
        "energy": "3,4",
        "stop_1": bread.members["shop"].pk,
        "mass_1": "80",
        "direct_1": "11",
    }
    answer = send(client, "rounds", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Round.objects.get().emission_mg_co2e == 11_053_400
    assert send(client, "rounds", typed | {"direct_1": "39"}).status_code == 422
    assert send(client, "rounds", typed | {"stop_2": bread.members["shop"].pk}).status_code == 422
    assert Round.objects.count() == 1


def test_a_month_is_confirmed_once(bread: BreadChain):
    client = sign_in(bread.bakery)
    last = months_later(timezone.localdate().replace(day=1), -1)
    page = client.get(reverse("chain_desk:this_month"))
    assert f'value="{bread.members["bakery"].pk}"' in page.content.decode()
    for _twice in range(2):
        sent = send(client, "month", {"member": bread.members["bakery"].pk}, f"{last:%Y-%m}")
        assert sent.status_code == 302
    assert MonthConfirmation.objects.get().month == last


def test_hours_are_the_owners_and_no_helper_sees_a_group():
    bakery = build_enterprise()
    owner, helper = sign_in(bakery), sign_in(bakery, MemberRole.HELPER)
    typed = {"month": "2026-10", "group": "WAJONG", "hours": "100", "people": "2"}
    assert send(owner, "hours", typed).status_code == 302
    assert send(helper, "hours", typed | {"hours": "120"}).status_code == 404
    assert WorkMonth.objects.get().minutes == 6_000
    for name in ("hours", "obligations"):
        assert helper.get(reverse(f"chain_desk:{name}")).status_code == 404
    assert "Wajong" in owner.get(reverse("chain_desk:hours")).content.decode()
    impossible = typed | {"hours": "2000"}
    assert send(owner, "hours", impossible).status_code == 422
    assert WorkMonth.objects.count() == 1


def test_a_block_is_planned_and_claimed_by_its_contractor(north: object):
    bakery = build_enterprise()
    client = sign_in(bakery)
    obligation = oblige(bakery, north)  # type: ignore[arg-type]
    typed = {
        "block": filled_block().pk,
        "first_month": "2026-01",
        "months": "9",
        "hours_per_week": "24",
    }
    sent = send(client, "obligation", typed, obligation.public_id)
    assert sent.status_code == 302, sent.context["form"].errors
    stacked = StackedBlock.objects.get()
    send(client, "block_step", {"status": "claimed"}, stacked.public_id)
    send(client, "block_step", {"status": "evidenced", "evidence": "statement"}, stacked.public_id)
    send(client, "block_step", {"status": "accepted"}, stacked.public_id)
    stacked.refresh_from_db()
    assert stacked.status == "evidenced"
    page = client.get(reverse("chain_desk:obligation", args=[obligation.public_id]))
    assert "20.000,00" in page.content.decode()


def test_a_claim_is_handed_in_with_what_it_lacks_told_at_once():
    bakery = build_enterprise()
    client = sign_in(bakery)
    typed = {
        "about": "seller",
        "text": "Milieuvriendelijke bakkerij",
        "scope": "enterprise",
        "proof_scope": "enterprise",
    }
    sent = send(client, "claims", typed)
    assert sent.status_code == 302, sent.context["form"].errors
    assert ClaimVersion.objects.get().findings == ["C01"]
    assert send(client, "claims", typed | {"specification": "elders"}).status_code == 422
    assert send(client, "claims", typed | {"calculation": "geen adres"}).status_code == 422
    claim = Claim.objects.get()
    assert send(client, "withdraw", {}, claim.public_id).status_code == 302
    assert claim.versions.get().status == "withdrawn"


# What each address of the desk needs, so that a new one fails until somebody looks at it.
OWN = {
    "overview",
    "doing",
    "leftovers",
    "rounds",
    "this_month",
    "month",
    "hours",
    "obligations",
    "claims",
    "impactpad",
    "pad_mission",
    "pad_goals",
    "pad_steps",
    "pad_links",
    "pad_indicators",
    "pad_rounds",
    "pad_comparison",
    "pad_valuation",
}
# These have a test of their own in `tests/ketens/impactpad/test_pad_desk.py`.
OF_PADS = {
    "impactpad_preview",
    "impactpad_take_down",
    "impactpad_version",
    "impactpad_level",
    "impactpad_proof",
    "impactpad_withdraw",
}


def list_addresses() -> set[str]:
    table = get_resolver().url_patterns
    (desk,) = [one for one in table if getattr(one, "namespace", "") == "chain_desk"]
    return {str(one.name) for one in desk.url_patterns if isinstance(one, URLPattern)}


def test_every_address_is_closed_to_another_enterprise(north: object):
    bakery, other = build_enterprise(), build_enterprise("Molen De Ander")
    obligation = oblige(bakery, north)  # type: ignore[arg-type]
    stacked = stack(obligation, filled_block())
    version = propose(bakery)
    arguments = {
        "obligation": obligation.public_id,
        "block_step": stacked.public_id,
        "withdraw": version.claim.public_id,
        "measure": (bread := build_bread_chain()).legs["bakery-shop"].pk,
        "edit": bread.chain.slug,
        "profile_step": "stance",
    }
    # Nothing is asked of either, so the questions on impact have no page.
    assert list_addresses() == OWN | OF_PADS | {"profile"} | set(arguments)
    client = sign_in(other)
    for name, argument in arguments.items():
        address = reverse(f"chain_desk:{name}", args=[argument])
        assert client.post(address, {"status": "claimed"}).status_code == 404
        assert client.get(address).status_code in (404, 405)
    assert client.get(reverse("chain_desk:profile")).status_code == 404
    for name in OWN - {"month"}:
        page = client.get(reverse(f"chain_desk:{name}"))
        assert page.status_code == 200
        assert bakery.trade_name not in page.content.decode()
    assert StackedBlock.objects.get().status == "planned"
    assert ClaimVersion.objects.get().status == "proposed"


def test_who_did_not_sign_in_or_works_nowhere_sees_nothing(client: Client):
    assert client.get(reverse("chain_desk:overview")).status_code == 302
    client.force_login(User.objects.create_user("niemand@example.nl"))
    assert client.get(reverse("chain_desk:overview")).status_code == 404


def test_a_coordinator_takes_the_last_step_and_nobody_else_may(north: object):
    bakery = build_enterprise()
    stacked = stack(oblige(bakery, north), filled_block())  # type: ignore[arg-type]
    move(stacked, CLAIMED)
    decide = reverse("social_return:decide", args=[stacked.public_id])
    owner, person = sign_in(bakery), User.objects.create_user("coordinator@example.nl")
    assert owner.post(decide, {"status": "evidenced"}).status_code == 404
    coordinator = Client()
    coordinator.force_login(person)
    assert coordinator.get(reverse("social_return:waiting")).status_code == 404
    person.role_grants.create(role="social_return_coordinator")
    assert "Groenonderhoud" in coordinator.get(reverse("social_return:waiting")).content.decode()
    coordinator.post(decide, {"status": "evidenced", "evidence": "declaration"})
    coordinator.post(decide, {"status": "rejected", "reason": ""})
    coordinator.post(decide, {"status": "accepted"})
    stacked.refresh_from_db()
    assert stacked.status == "accepted"


def test_a_coordinator_writes_a_contract_and_fills_in_a_block(north: object):
    bakery = build_enterprise()
    person = User.objects.create_user("coordinator@example.nl")
    person.role_grants.create(role="social_return_coordinator")
    client = Client()
    client.force_login(person)
    typed = {
        "contractor": bakery.pk,
        "title": "Catering",
        "buyer": "Gemeente Assen",
        "region": "noord",
        "tender_date": "2026-03-01",
        "value": "300.000,00",
        "percentage": "5",
    }
    sent = client.post(reverse("social_return:new_obligation"), typed)
    assert sent.status_code == 302, sent.context["form"].errors
    assert "15.000,00" in client.get(reverse("social_return:waiting")).content.decode()
    refused = client.post(reverse("social_return:new_obligation"), typed | {"region": "utrecht"})
    assert refused.status_code == 422
    of = filled_block("bbl", None)
    blocks = reverse("social_return:blocks")
    client.post(blocks, {"block": of.pk, "euros": "25.000", "source": ""})
    of.refresh_from_db()
    assert of.cents is None
    client.post(blocks, {"block": of.pk, "euros": "25.000", "source": "Besluit 2026-3"})
    of.refresh_from_db()
    assert of.cents == 2_500_000
