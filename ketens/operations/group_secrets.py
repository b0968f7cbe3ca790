"""Encrypt the group of a placement, so that a copy of the database tells nobody's status."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from ketens.domain.work import TargetGroup


def hide_group(group: TargetGroup) -> str:
    """Return a group as a secret that only this street's keys open."""
    return _keys().encrypt(group.value.encode()).decode()


def reveal_group(secret: str) -> TargetGroup:
    """Return the group behind a secret.

    :raises cryptography.fernet.InvalidToken: when none of the keys made it.
    """
    return TargetGroup(_keys().decrypt(secret.encode()).decode())


def _keys() -> MultiFernet:
    """Return the keys, the newest first; older ones still open what they closed."""
    return MultiFernet([Fernet(key) for key in settings.PLACEMENT_KEYS])
