"""Enterprises are entered, verified and worked in."""

import pytest
from django.db import IntegrityError, transaction

from dorpen.register.domain.checks import (
    is_iban,
    is_kvk_number,
    is_vat_number,
    normalise_postcode,
)
from dorpen.register.models import Enterprise, Membership
from dorpen.register.models.enterprises import MemberRole
from dorpen.register.operations import (
    CannotVerify,
    EnterpriseDraft,
    add_member,
    register_enterprise,
    remove_member,
    suspend_enterprise,
    verify_enterprise,
)
from dorpen.register.queries import get_membership_role, list_enterprises_of
from tests.builders import build_enterprise, build_village
from winkelstraat.accounts.operations import register_person


def draft(**changes: object) -> EnterpriseDraft:
    """A bakery as it signs up."""
    fields: dict[str, object] = {
        "legal_name": "Bakkerij De Es",
        "trade_name": "Bakkerij De Es",
        "slug": "bakkerij-de-es",
        "kvk_number": "90000001",
        "legal_form": "eenmanszaak",
        "street_address": "Brink 1",
        "postcode": "9331 AA",
        "village_id": build_village().pk,
        "email": "es@example.nl",
        **changes,
    }
    return EnterpriseDraft(**fields)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_enterprise_starts_as_a_draft_and_stands_once_per_kvk_number() -> None:
    first = register_enterprise(draft=draft())
    second = register_enterprise(draft=draft(trade_name="De Es"))
    assert first.pk == second.pk
    assert Enterprise.objects.get().trade_name == "De Es"
    assert first.status == "draft"


@pytest.mark.django_db
def test_verifying_and_suspending_change_the_status() -> None:
    enterprise = register_enterprise(draft=draft())
    verify_enterprise(enterprise=enterprise)
    assert Enterprise.objects.get().status == "verified"
    suspend_enterprise(enterprise=enterprise)
    assert Enterprise.objects.get().status == "suspended"


@pytest.mark.django_db
def test_a_foreign_postcode_is_not_verified() -> None:
    enterprise = register_enterprise(draft=draft(postcode="26871"))
    with pytest.raises(CannotVerify):
        verify_enterprise(enterprise=enterprise)
    assert Enterprise.objects.get().status == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"kvk_number": "1234567"}, {"vat_number": "DE123456789"}])
def test_the_database_refuses_numbers_that_cannot_be(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        register_enterprise(draft=draft(**wrong))
    assert not Enterprise.objects.exists()


@pytest.mark.django_db
def test_a_member_has_one_role_per_enterprise_until_he_leaves() -> None:
    enterprise, person = build_enterprise(), register_person(email="helper@example.nl")
    add_member(enterprise=enterprise, user=person)
    add_member(enterprise=enterprise, user=person, role=MemberRole.OWNER)
    assert Membership.objects.count() == 1
    assert get_membership_role(user=person, enterprise_id=enterprise.pk) == "owner"
    assert [row.id for row in list_enterprises_of(person)] == [enterprise.pk]
    remove_member(enterprise=enterprise, user=person)
    assert list_enterprises_of(person) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("NL91 ABNA 0417 1643 00", True),
        ("NL91ABNA0417164300", True),
        ("NL91 ABNA 0417 1643 01", False),
        ("91ABNA0417164300", False),
        ("", False),
    ],
)
def test_an_iban_has_fitting_check_digits(text: str, right: bool) -> None:
    assert is_iban(text) is right


def test_numbers_and_postcodes_have_their_forms() -> None:
    assert is_kvk_number("90000001")
    assert not is_kvk_number("9000000a")
    assert is_vat_number("NL123456789B01")
    assert not is_vat_number("NL123456789")
    assert normalise_postcode("9331ab") == "9331 AB"
    assert normalise_postcode("9331 ABC") is None
