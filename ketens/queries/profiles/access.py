"""Who may see live counts and names: analysts of the province and platform staff."""

from winkelstraat.accounts.models import Role, RoleGrant, User
from winkelstraat.accounts.queries import Person, lacks_demanded_second_factor

STAFF = (Role.PROVINCE_ANALYST, Role.PLATFORM_STAFF)


def sees_live(user: Person) -> bool:
    """Tell whether a person works for the province or the street, with a second factor."""
    if not isinstance(user, User) or not user.is_active:
        return False
    has_place = user.is_superuser or RoleGrant.objects.filter(user=user, role__in=STAFF).exists()
    return has_place and not lacks_demanded_second_factor(user)
