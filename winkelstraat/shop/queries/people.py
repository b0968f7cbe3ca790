"""Who works in a shop, and who was asked to."""

from dataclasses import dataclass
from datetime import datetime

from dorpen.register.models import Invitation, Membership
from dorpen.register.models.enterprises import MemberRole
from winkelstraat.shop.models import SellerProfile


@dataclass(frozen=True)
class Person:
    """Somebody who works in the shop."""

    membership_id: int
    name: str
    email: str
    is_owner: bool
    sees_buyers: bool
    handles_money: bool
    changes_offer: bool


@dataclass(frozen=True)
class Invited:
    """Somebody who was asked to come and work."""

    invitation_id: int
    email: str
    expires_at: datetime
    is_over: bool


@dataclass(frozen=True)
class People:
    """All of them."""

    working: tuple[Person, ...]
    invited: tuple[Invited, ...]


def list_people(seller: SellerProfile, *, now: datetime) -> People:
    """Return who works in a shop and who was asked to (2 queries)."""
    places = Membership.objects.filter(enterprise_id=seller.enterprise_id).select_related("user")
    invited = Invitation.objects.filter(enterprise_id=seller.enterprise_id, accepted_at=None)
    return People(
        working=tuple(
            Person(
                membership_id=place.pk,
                name=place.user.name or place.user.email,
                email=place.user.email,
                is_owner=place.role == MemberRole.OWNER,
                sees_buyers=place.sees_buyers,
                handles_money=place.handles_money,
                changes_offer=place.changes_offer,
            )
            for place in places.order_by("role", "since", "pk")
        ),
        invited=tuple(
            Invited(one.pk, one.email, one.expires_at, now >= one.expires_at)
            for one in invited.order_by("pk")
        ),
    )
