"""The shared kernel: places, enterprises and pictures."""

from dorpen.register.models.enterprises import Enterprise, Membership
from dorpen.register.models.photos import Photo, PhotoRendition
from dorpen.register.models.places import Municipality, PostalCode, Village, VillageAlias

__all__ = [
    "Enterprise",
    "Membership",
    "Municipality",
    "Photo",
    "PhotoRendition",
    "PostalCode",
    "Village",
    "VillageAlias",
]
