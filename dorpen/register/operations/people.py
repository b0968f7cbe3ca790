"""Invite people to work for an enterprise, and say what they may do there.

The link in the mail holds a signed number, so that nobody can make one; it works once,
for a week, and for whoever is signed in with the address that it was sent to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction

from dorpen.register.models import Enterprise, Invitation, Membership
from dorpen.register.models.enterprises import MemberRole
from dorpen.register.operations.enterprises import member_of
from winkelstraat.accounts.models import Audited, User
from winkelstraat.accounts.operations import record

VALID_FOR = timedelta(days=7)
SALT = "dorpen.register.invitation"


class AlreadyThere(Exception):
    """This person works for the enterprise already."""


class InvitationOver(Exception):
    """The link is wrong, was used, was withdrawn, is too old, or is somebody else's."""


class LastOwner(Exception):
    """An enterprise keeps at least one owner."""


@dataclass(frozen=True)
class Allowed:
    """What a helper may do."""

    sees_buyers: bool = False
    handles_money: bool = False
    changes_offer: bool = False


@transaction.atomic
def invite(
    *, enterprise: Enterprise, email: str, allowed: Allowed, user: User | None, now: datetime
) -> Invitation:
    """Invite an address, or invite it again with other rights and a new week.

    :raises AlreadyThere: when who has this address works there.
    """
    address = email.strip().casefold()
    if Membership.objects.filter(enterprise=enterprise, user__email__iexact=address).exists():
        raise AlreadyThere
    invitation, _made = Invitation.objects.update_or_create(
        enterprise=enterprise,
        email=address,
        accepted_at=None,
        defaults={
            **_columns(allowed),
            "invited_by": user,
            "invited_at": now,
            "expires_at": now + VALID_FOR,
            "mailed_at": None,
        },
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, enterprise: Enterprise, invitation_id: int) -> bool:
    """Let an invitation lapse at once; False when the enterprise has no such open one."""
    gone, _rows = Invitation.objects.filter(
        enterprise=enterprise, pk=invitation_id, accepted_at=None
    ).delete()
    return bool(gone)


@transaction.atomic
def accept_invitation(*, token: str, user: User, now: datetime) -> Membership:
    """Give who opens the link his place; the same person twice is once.

    :raises InvitationOver: when the link does not hold for this person, now.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("enterprise")
        .filter(pk=_read(token))
        .first()
    )
    if invitation is None or invitation.email != user.email.casefold():
        raise InvitationOver
    known = Membership.objects.filter(enterprise=invitation.enterprise, user=user).first()
    if known is not None:
        return known
    if invitation.accepted_at is not None or now >= invitation.expires_at:
        raise InvitationOver
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    made = Membership.objects.create(
        enterprise=invitation.enterprise,
        user=user,
        role=MemberRole.HELPER,
        sees_buyers=invitation.sees_buyers,
        handles_money=invitation.handles_money,
        changes_offer=invitation.changes_offer,
    )
    record(action=Audited.MEMBER_ADDED, about=member_of(made), changes={"role": ("", made.role)})
    return made


@transaction.atomic
def allow(*, enterprise: Enterprise, membership_id: int, allowed: Allowed) -> bool:
    """Change what a helper may do; False when he does not work there."""
    helpers = Membership.objects.filter(
        enterprise=enterprise, pk=membership_id, role=MemberRole.HELPER
    )
    helper = helpers.select_related("user", "enterprise").first()
    if helper is None:
        return False
    wanted = _columns(allowed)
    changes = {name: (getattr(helper, name), value) for name, value in wanted.items()}
    helpers.update(**wanted)
    record(action=Audited.MEMBER_CHANGED, about=member_of(helper), changes=changes)
    return True


@transaction.atomic
def dismiss(*, enterprise: Enterprise, membership_id: int) -> bool:
    """End a person's place; False when he has none.

    :raises LastOwner: for the only owner.
    """
    members = list(Membership.objects.select_for_update().filter(enterprise=enterprise))
    gone = next((one for one in members if one.pk == membership_id), None)
    if gone is None:
        return False
    owners = [one for one in members if one.role == MemberRole.OWNER]
    if gone in owners and len(owners) == 1:
        raise LastOwner
    record(action=Audited.MEMBER_REMOVED, about=member_of(gone))
    gone.delete()
    return True


def make_token(invitation_id: int) -> str:
    """Return what the link of an invitation holds."""
    return Signer(salt=SALT).sign(str(invitation_id))


def _read(token: str) -> int:
    try:
        return int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError) as problem:
        raise InvitationOver from problem


def _columns(allowed: Allowed) -> dict[str, bool]:
    return {
        "sees_buyers": allowed.sees_buyers,
        "handles_money": allowed.handles_money,
        "changes_offer": allowed.changes_offer,
    }
