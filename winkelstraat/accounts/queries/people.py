"""Read who a person is and what he may do; asked on every request, so never stale."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from winkelstraat.accounts.models import Role, RoleGrant, User

Person = User | AnonymousUser


def has_role(user: Person, role: Role) -> bool:
    """Tell whether this person holds `role` now; platform staff's superusers hold all."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or RoleGrant.objects.filter(user=user, role=role).exists()


def has_any_role(user: Person, roles: Iterable[Role]) -> bool:
    """Tell whether this person holds one of these roles now; one query."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or RoleGrant.objects.filter(user=user, role__in=list(roles)).exists()


def list_roles(user: User) -> set[Role]:
    """Return every role that a person was granted."""
    return {Role(role) for role in user.role_grants.values_list("role", flat=True)}


def has_second_factor(user: Person) -> bool:
    """Tell whether a person signs in with more than a password."""
    return (
        isinstance(user, User)
        and Authenticator.objects.filter(
            user=user, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        ).exists()
    )


def lacks_demanded_second_factor(user: Person) -> bool:
    """Tell whether this person must first add a second factor (ASVS 5.0 6.3.3)."""
    return not settings.SECOND_FACTOR_MAY_BE_SKIPPED and not has_second_factor(user)
