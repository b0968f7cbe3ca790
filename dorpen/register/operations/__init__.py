"""Change the register."""

from dorpen.register.operations.enterprises import (
    CannotVerify,
    EnterpriseDraft,
    add_member,
    register_enterprise,
    remove_member,
    suspend_enterprise,
    verify_enterprise,
)
from dorpen.register.operations.places import load_places

__all__ = [
    "CannotVerify",
    "EnterpriseDraft",
    "add_member",
    "load_places",
    "register_enterprise",
    "remove_member",
    "suspend_enterprise",
    "verify_enterprise",
]
