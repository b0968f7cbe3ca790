"""Read who a person is and what he may do; asked on every request, so never stale."""

from winkelstraat.accounts.queries.people import (
    Person,
    has_any_role,
    has_role,
    has_second_factor,
    lacks_demanded_second_factor,
    list_roles,
)

__all__ = [
    "Person",
    "has_any_role",
    "has_role",
    "has_second_factor",
    "lacks_demanded_second_factor",
    "list_roles",
]
