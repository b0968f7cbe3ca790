"""Grant and take away roles."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from winkelstraat.accounts.models import Audited, Role, RoleGrant, User
from winkelstraat.accounts.operations.audit import Thing, record


@transaction.atomic
def register_person(*, email: str, name: str = "", password: str | None = None) -> User:
    """Return the person with this e-mail address, made with these details if there is none."""
    found = User.objects.filter(email__iexact=email).first()
    return found or User.objects.create_user(email, password, name=name)


@transaction.atomic
def confirm_address(*, user: User) -> None:
    """Note that this person's e-mail address is his, so that he can sign in."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )


@transaction.atomic
def grant_role(*, user: User, role: Role) -> RoleGrant:
    """Give a person a role and the group of that name; twice is once.

    The back office gives permissions to the groups, so a role means the same there.
    """
    grant, is_new = RoleGrant.objects.get_or_create(user=user, role=role)
    if is_new:
        about = Thing("person", user.pk, str(user))
        record(action=Audited.ROLE_GRANTED, about=about, changes={"role": ("", role.value)})
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    if role == Role.PLATFORM_STAFF and not user.is_staff:
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.is_staff = True
    return grant


@transaction.atomic
def withdraw_role(*, user: User, role: Role) -> None:
    """Take a role away; it holds from the next request on (ASVS 5.0 8.3.2)."""
    gone, _rows = RoleGrant.objects.filter(user=user, role=role).delete()
    if gone:
        about = Thing("person", user.pk, str(user))
        record(action=Audited.ROLE_WITHDRAWN, about=about, changes={"role": (role.value, "")})
    user.groups.remove(*Group.objects.filter(name=role.value))
    if role == Role.PLATFORM_STAFF:
        User.objects.filter(pk=user.pk).update(is_staff=False)
        user.is_staff = False
