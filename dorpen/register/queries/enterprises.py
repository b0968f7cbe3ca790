"""Read enterprises and who works there."""

from dataclasses import dataclass

from dorpen.register.models import Enterprise, Membership
from dorpen.register.models.enterprises import EnterpriseStatus
from winkelstraat.accounts.models import User
from winkelstraat.accounts.queries import Person


@dataclass(frozen=True)
class EnterpriseRow:
    """One enterprise of a person, with his role in it (owner or helper)."""

    id: int
    name: str
    slug: str
    status: str
    role: str


def list_enterprises_of(user: Person) -> list[EnterpriseRow]:
    """Return the enterprises where this person works now, by name (1 query)."""
    if not isinstance(user, User) or not user.is_active:
        return []
    found = (
        Membership.objects.filter(user=user)
        .select_related("enterprise")
        .order_by("enterprise__trade_name")
    )
    return [
        EnterpriseRow(
            id=membership.enterprise_id,
            name=membership.enterprise.trade_name,
            slug=membership.enterprise.slug,
            status=membership.enterprise.status,
            role=membership.role,
        )
        for membership in found
    ]


def list_enterprise_ids(*, village_id: int | None = None) -> list[int]:
    """Return the verified enterprises of a village, or of all villages (1 query)."""
    found = Enterprise.objects.filter(status=EnterpriseStatus.VERIFIED).order_by("pk")
    if village_id is not None:
        found = found.filter(village_id=village_id)
    return list(found.values_list("pk", flat=True))


def get_membership_role(*, user: Person, enterprise_id: int) -> str | None:
    """Return this person's role in an enterprise, or None where he has no place."""
    if not isinstance(user, User) or not user.is_active:
        return None
    found = Membership.objects.filter(user=user, enterprise_id=enterprise_id).first()
    return found.role if found else None
