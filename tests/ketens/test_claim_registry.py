"""A claim stands while its proof does: approved by name, checked each day, fallen by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from dorpen.register.models import Enterprise
from ketens.models import Calculation, ClaimEvidence, ClaimStatus, ClaimVersion
from ketens.operations import book_sale
from ketens.operations.claims import (
    AlreadyDecided,
    ClaimBlocked,
    Matter,
    OwnClaim,
    Proof,
    ReasonMissing,
    Wording,
    approve_claim,
    propose_claim,
    refuse_claim,
    reword_claim,
    withdraw_claim,
)
from ketens.queries.claims import get_claim, list_claims, list_standing
from tests.builders import build_enterprise
from tests.ketens.street import BREAD, build_bread_chain, build_sale
from winkelstraat.accounts.models import User
from winkelstraat.common.claims import Scope, Subject

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
TODAY = NOW.date()
ON_BREAD = Matter(Subject.PRODUCT, product_ref=BREAD)
ORGANIC = Proof(
    "organic", "Skal-certificaat", Scope.PRODUCT, "NL-BIO-01 123456", valid_until=date(2027, 3, 31)
)
BIO_BREAD = Wording("Biologisch roggebrood", Scope.PRODUCT, proofs=(ORGANIC,))


@pytest.fixture
def reviewer() -> User:
    return User.objects.create_user("keurder@example.nl", name="Marijke Vos")


@pytest.fixture
def baker() -> User:
    return User.objects.create_user("bakker@example.nl")


def propose(
    bakery: Enterprise, wording: Wording = BIO_BREAD, user: User | None = None
) -> ClaimVersion:
    return propose_claim(enterprise=bakery, matter=ON_BREAD, wording=wording, user=user, now=NOW)


def approve(version: ClaimVersion, reviewer: User, *accepted: str, reason: str = "Gezien.") -> None:
    approve_claim(version=version, reason=reason, accepted_rules=accepted, user=reviewer, now=NOW)


def shown(day: date = TODAY) -> list[str]:
    return [claim.text for claim in list_standing(today=day, product_ref=BREAD)]


def test_nothing_is_shown_until_a_named_person_approved_it(reviewer: User, baker: User):
    version = propose(build_enterprise(), user=baker)
    assert shown() == []
    with pytest.raises(OwnClaim):
        approve(version, baker)
    with pytest.raises(ReasonMissing):
        approve(version, reviewer, reason=" ")
    approve(version, reviewer)
    assert shown() == ["Biologisch roggebrood"]
    page = get_claim(version.claim.public_id, today=TODAY)
    assert page is not None
    assert page.versions[0].decided_by == "Marijke Vos"
    assert page.versions[0].reason == "Gezien."


def test_a_claim_falls_by_itself_on_the_day_after_its_proof_ran_out(reviewer: User):
    version = propose(build_enterprise())
    approve(version, reviewer)
    assert shown(date(2027, 3, 31)) == ["Biologisch roggebrood"]
    assert shown(date(2027, 4, 1)) == []
    page = get_claim(version.claim.public_id, today=date(2027, 4, 1))
    assert page is not None
    assert not page.stands
    assert [fault.rule for fault in page.faults] == ["C13", "expired"]


def test_a_proof_that_no_rule_asks_for_must_hold_too(reviewer: User):
    proof = Proof("document", "Brief van de molenaar", Scope.PRODUCT, valid_until=TODAY)
    version = propose(build_enterprise(), Wording("Gemalen in Norg", Scope.PRODUCT, "", (proof,)))
    approve(version, reviewer)
    assert shown() == ["Gemalen in Norg"]
    assert shown(TODAY + timedelta(days=1)) == []


def test_other_words_wait_again_and_the_old_ones_leave_the_page(reviewer: User):
    version = propose(build_enterprise())
    approve(version, reviewer)
    words = replace(BIO_BREAD, text="Biologisch roggebrood van de es")
    newer = reword_claim(claim=version.claim, wording=words, user=None, now=NOW)
    assert shown() == []
    with pytest.raises(AlreadyDecided):
        approve(version, reviewer)
    approve(newer, reviewer)
    assert shown() == ["Biologisch roggebrood van de es"]


def test_a_blocked_claim_is_not_approved_and_a_hard_rule_never(reviewer: User):
    bakery = build_enterprise()
    green = propose(bakery, Wording("Milieuvriendelijk brood", Scope.PRODUCT))
    assert green.findings == ["C01"]
    with pytest.raises(ClaimBlocked) as blocked:
        approve(green, reviewer)
    assert [one.rule for one in blocked.value.findings] == ["C01"]
    approve(green, reviewer, "C01", reason="Het gaat over een merknaam.")
    neutral = propose(bakery, Wording("CO2-neutraal brood", Scope.PRODUCT))
    with pytest.raises(ClaimBlocked):
        approve(neutral, reviewer, "C04")
    assert shown() == ["Milieuvriendelijk brood"]
    neutral.refresh_from_db()
    assert neutral.status == ClaimStatus.PROPOSED


def test_a_proof_of_the_company_proves_nothing_of_the_product(reviewer: User):
    company = replace(ORGANIC, scope=Scope.ENTERPRISE)
    version = propose(build_enterprise(), replace(BIO_BREAD, proofs=(company,)))
    with pytest.raises(ClaimBlocked) as blocked:
        approve(version, reviewer)
    assert "C03" in [one.rule for one in blocked.value.findings]


def test_a_number_falls_when_a_better_calculation_took_its_place(reviewer: User):
    bread = build_bread_chain()
    book_sale(sale=build_sale(bread), now=NOW)
    result = Calculation.objects.filter(factor__isnull=False).order_by("pk")[0]
    said = Wording(
        "Vervoer: 120 gram CO2e voor een brood (schatting)", Scope.PRODUCT, calculation=result
    )
    version = propose(bread.bakery, said)
    approve(version, reviewer)
    assert shown() == [said.text]
    fields = {
        field.attname: getattr(result, field.attname)
        for field in Calculation._meta.concrete_fields
        if field.name not in ("id", "public_id", "supersedes")
    }
    Calculation.objects.create(supersedes=result, **fields)
    assert shown() == []
    page = get_claim(version.claim.public_id, today=TODAY)
    assert page is not None
    assert [fault.rule for fault in page.faults] == ["C11"]


def test_a_refused_or_withdrawn_claim_is_not_shown_and_stays_decided(reviewer: User):
    bakery = build_enterprise()
    refused, withdrawn = propose(bakery), propose(bakery)
    refuse_claim(
        version=refused, reason="Het certificaat is van een ander.", user=reviewer, now=NOW
    )
    approve(withdrawn, reviewer)
    withdraw_claim(claim=withdrawn.claim, reason="", user=reviewer, now=NOW)
    assert shown() == []
    with pytest.raises(AlreadyDecided):
        approve(refused, reviewer)
    with pytest.raises(AlreadyDecided):
        withdraw_claim(claim=withdrawn.claim, reason="", user=reviewer, now=NOW)
    assert list_claims(today=TODAY, is_waiting=True) == ()


def test_the_database_refuses_to_reword_a_claim_or_touch_its_proof():
    version = propose(build_enterprise())
    for statement in (
        lambda: ClaimVersion.objects.update(text="Duurzaam brood"),
        lambda: ClaimEvidence.objects.update(valid_until=date(2030, 1, 1)),
        lambda: ClaimEvidence.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    version.refresh_from_db()
    assert version.text == "Biologisch roggebrood"
