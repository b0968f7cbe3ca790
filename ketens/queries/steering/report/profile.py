"""Who takes part and how that moves, as it was released at the end of the year's last quarter."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ketens.models import ProfileRelease
from ketens.queries.profiles.movement import Movement, build_movement
from ketens.queries.profiles.questions import PLACES
from ketens.queries.profiles.released import ReleasedProfile, build_released


def build_profile(year: int) -> dict[str, Any]:
    """Return the profile and the movement of a year; a sentence when nothing was released."""
    releases = list(
        ProfileRelease.objects.filter(quarter__lte=date(year, 12, 31)).order_by("quarter")
    )
    own = [row for row in releases if row.quarter.year == year]
    if not own:
        return {
            "sentence": _("No profile of the enterprises was released of this year yet."),
            "movement": "",
            "tables": [],
        }
    profile = build_released(own[-1])
    movement = build_movement([(row.quarter, row.tables["place"]) for row in releases])
    return {
        "sentence": profile.sentence,
        "movement": movement.sentence,
        "tables": [*list_tables(profile), tell_places(profile), tell_movement(movement)],
    }


def list_tables(profile: ReleasedProfile) -> list[dict[str, Any]]:
    """Return the tables of a profile: stance, dimensions, targets, support and the rest."""
    return [
        {
            "title": table.title,
            "columns": [_("What"), _("How many")],
            "rows": [[f"{row.label} {row.note}".strip(), row.text] for row in table.rows],
        }
        for table in profile.tables
    ]


def tell_places(profile: ReleasedProfile) -> dict[str, Any]:
    """Return who leads and follows in each municipality."""
    return {
        "title": _("By municipality"),
        "columns": [_("Municipality"), *(str(label) for label in PLACES.values()), _("Together")],
        "rows": [[line.name, *line.cells, line.total_text] for line in profile.municipalities],
    }


def tell_movement(movement: Movement) -> dict[str, Any]:
    """Return who led and followed in each quarter."""
    return {
        "title": _("The movement by quarter"),
        "columns": [_("Quarter"), *(str(label) for label in PLACES.values()), _("Together")],
        "rows": [[row.label, *row.cells, row.total_text] for row in movement.rows],
    }


def list_profile_digests(year: int) -> list[str]:
    """Return the digests of the profiles that were released of a year."""
    rows = ProfileRelease.objects.filter(quarter__year=year).order_by("quarter")
    return list(rows.values_list("digest", flat=True))
