"""Who takes part and how that moves, as it was released at the end of the year's last quarter."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ketens.models import ProfileRelease
from ketens.queries.profiles.movement import Movement, build_movement
from ketens.queries.profiles.questions import PLACES
from ketens.queries.profiles.released import ReleasedProfile, build_released
from ketens.queries.profiles.showing import ShownTable, say_count


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
            "untold": "",
            "tables": [],
        }
    profile = build_released(own[-1])
    movement = build_movement([(row.quarter, row.tables["place"]) for row in releases])
    return {
        "sentence": profile.sentence,
        "movement": say_hidden(own[-1]) or movement.sentence,
        "untold": say_untold(profile),
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
        if not is_untold(table)
    ]


def is_untold(table: ShownTable) -> bool:
    """Tell whether nobody said anything that a table counts."""
    return all(row.text == say_count(0) for row in table.rows)


def say_untold(profile: ReleasedProfile) -> str:
    """Return of what nobody told anything yet, so that a row of noughts is not read as a no."""
    titles = [f"“{table.title}”" for table in profile.tables if is_untold(table)]
    if not titles:
        return ""
    return _("Nobody told anything yet about %(titles)s.") % {"titles": ", ".join(titles)}


def say_hidden(release: ProfileRelease) -> str:
    """Return that the movement may not be told in a sentence; empty when it may."""
    if all(count is not None for count in release.tables["place"].values()):
        return ""
    return _(
        "Of who leads and who follows not everything may be told, because a group is small. The"
        " table shows what may."
    )


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
