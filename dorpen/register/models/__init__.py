"""The shared kernel: places, enterprises and pictures."""

from dorpen.register.models.enterprises import Enterprise, Invitation, Membership
from dorpen.register.models.photos import Photo, PhotoRendition
from dorpen.register.models.places import Municipality, PostalCode, Village, VillageAlias

__all__ = [
    "Enterprise",
    "Invitation",
    "Membership",
    "Municipality",
    "Photo",
    "PhotoRendition",
    "PostalCode",
    "Village",
    "VillageAlias",
]
