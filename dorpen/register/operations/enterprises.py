"""Enterprises enter the register, are verified, and get members."""

from dataclasses import asdict, dataclass, field

from django.db import transaction

from dorpen.register.domain.checks import is_kvk_number, is_vat_number, normalise_postcode
from dorpen.register.models import Enterprise, Membership
from dorpen.register.models.enterprises import EnterpriseStatus, MemberRole
from winkelstraat.accounts.models import Audited, User
from winkelstraat.accounts.operations import Thing, record


class CannotVerify(Exception):
    """The register lacks something that a buyer must be told (DSA art. 30)."""


@dataclass(frozen=True)
class EnterpriseDraft:
    """What the law asks of who sells, and what impact he strives for."""

    legal_name: str
    trade_name: str
    slug: str
    kvk_number: str
    legal_form: str
    street_address: str
    postcode: str
    village_id: int
    email: str
    vat_number: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    impact_stance: str = "regular"
    dimensions: list[str] = field(default_factory=list)
    drives: list[str] = field(default_factory=list)
    sdg_targets: list[str] = field(default_factory=list)


@transaction.atomic
def register_enterprise(*, draft: EnterpriseDraft) -> Enterprise:
    """Enter an enterprise as a draft, or bring the one with this KvK number up to date."""
    values = asdict(draft)
    enterprise, _made = Enterprise.objects.update_or_create(
        kvk_number=values.pop("kvk_number"), defaults=values
    )
    return enterprise


@transaction.atomic
def verify_enterprise(*, enterprise: Enterprise) -> None:
    """Make an enterprise public after checking what can be checked here.

    :raises CannotVerify: when a number or the address cannot be right.
    """
    if not is_kvk_number(enterprise.kvk_number):
        raise CannotVerify("A KvK number has eight digits.")
    if enterprise.vat_number and not is_vat_number(enterprise.vat_number):
        raise CannotVerify("A btw-id looks like NL123456789B01.")
    if normalise_postcode(enterprise.postcode) is None:
        raise CannotVerify("The postcode of the address is not a Dutch one.")
    _set_status(enterprise, EnterpriseStatus.VERIFIED)


@transaction.atomic
def suspend_enterprise(*, enterprise: Enterprise) -> None:
    """Take an enterprise off the street; its orders and books stay."""
    _set_status(enterprise, EnterpriseStatus.SUSPENDED)


@transaction.atomic
def add_member(
    *, enterprise: Enterprise, user: User, role: MemberRole = MemberRole.HELPER
) -> Membership:
    """Give a person a place in an enterprise, or change the role he has there."""
    before = Membership.objects.filter(enterprise=enterprise, user=user).first()
    if before is not None and before.role == role:
        return before
    membership, _made = Membership.objects.update_or_create(
        enterprise=enterprise, user=user, defaults={"role": role}
    )
    record(
        action=Audited.MEMBER_ADDED,
        about=member_of(membership),
        changes={"role": (before.role if before else "", role)},
    )
    return membership


@transaction.atomic
def remove_member(*, enterprise: Enterprise, user: User) -> None:
    """End a person's place in an enterprise, from the next request on."""
    membership = Membership.objects.filter(enterprise=enterprise, user=user).first()
    if membership is not None:
        record(action=Audited.MEMBER_REMOVED, about=member_of(membership))
        membership.delete()


def member_of(membership: Membership) -> Thing:
    """Return what a trace about a person's place is about: the enterprise, and who."""
    label = f"{membership.enterprise}: {membership.user}"
    return Thing("membership", membership.enterprise_id, label)


def _set_status(enterprise: Enterprise, status: EnterpriseStatus) -> None:
    about = Thing("enterprise", enterprise.pk, str(enterprise))
    changes = {"status": (enterprise.status, status)}
    Enterprise.objects.filter(pk=enterprise.pk).update(status=status)
    enterprise.status = status
    record(action=Audited.ENTERPRISE_STATUS, about=about, changes=changes)
