"""Who works at the province or for the platform; to everybody else a staff page is no page."""

from django.http import HttpRequest

from winkelstraat.accounts.models import Role
from winkelstraat.accounts.permissions import require_one_of
from winkelstraat.accounts.queries import has_any_role

STAFF = (Role.PROVINCE_ANALYST, Role.PLATFORM_STAFF)
staff_only = require_one_of(*STAFF)


def is_staff(request: HttpRequest) -> bool:
    """Tell whether a reader may write down how things stand."""
    return has_any_role(request.user, STAFF)
