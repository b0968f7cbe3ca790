"""Who takes part and how that moves, as it was released."""

from typing import Any

from django.utils.translation import gettext as _


def build_profile(year: int) -> dict[str, Any]:
    """Return the profile and the movement; a sentence when nothing was released."""
    return {"sentence": _("No profile of the enterprises has been released yet."), "tables": []}


def list_profile_digests(year: int) -> list[str]:
    """Return the digests of the profiles that were released of a year."""
    return []
