"""Read the register."""

from dorpen.register.queries.enterprises import (
    EnterpriseRow,
    get_membership_role,
    list_enterprise_ids,
    list_enterprises_of,
)
from dorpen.register.queries.villages import (
    VillageRow,
    find_place_of_postcode,
    find_village_by_postcode,
    find_villages_by_name,
    get_village,
    list_nearby_villages,
    list_villages,
)

__all__ = [
    "EnterpriseRow",
    "VillageRow",
    "find_place_of_postcode",
    "find_village_by_postcode",
    "find_villages_by_name",
    "get_membership_role",
    "get_village",
    "list_enterprise_ids",
    "list_enterprises_of",
    "list_nearby_villages",
    "list_villages",
]
