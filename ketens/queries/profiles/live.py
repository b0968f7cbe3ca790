"""The profile as staff sees it today: exact where the register is public, groups where not."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dorpen.register.models.enterprises import Dimension, ImpactStance
from ketens.domain.movement import Place
from ketens.domain.profile import Counts
from ketens.domain.profile_tables import STAFF_ENTERPRISES, TOTAL, Table, show_line, show_share
from ketens.models import ProfileInvitation
from ketens.queries.profiles.counting import count
from ketens.queries.profiles.facts import Known, build_known, merge_current, rounds_that_count
from ketens.queries.profiles.questions import PLACES
from ketens.queries.profiles.response import Response, build_response
from ketens.queries.profiles.showing import (
    ORDER,
    SIZES,
    ShownPlace,
    ShownTable,
    show_municipalities,
    show_tables,
)
from ketens.queries.profiles.writing import write_counts
from ketens.queries.wording import say_number

ON_A_PAGE = 50
# What enterprises answered and the register does not tell.
ANSWERED = ("since", "measuring", *SIZES)


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """One enterprise by what the register says of it; no answer about help is here."""

    name: str
    place: str
    stance_text: str
    dimensions_text: str
    sdg_text: str
    rides_text: str


@dataclass(frozen=True, slots=True)
class LiveProfile:
    """Everything on the page of staff."""

    total_text: str
    response: Response | None
    tables: tuple[ShownTable, ...]
    municipalities: tuple[ShownPlace, ...]
    villages: tuple[ShownPlace, ...]
    chosen: str
    choices: tuple[str, ...]
    enterprises: tuple[EnterpriseLine, ...]
    page: int
    pages: int


def get_live_profile(*, today: date, municipality: str = "", page: int = 1) -> LiveProfile:
    """Return the profile of today, the list for one municipality when one is named.

    Four queries.
    """
    invitations = list(
        ProfileInvitation.objects.filter(round__in=rounds_that_count(today))
        .select_related("round")
        .order_by("round__first_day", "pk")
    )
    known = build_known(on=today, answers=merge_current(invitations))
    counts = count([one.profile for one in known])
    choices = tuple(counts.municipalities)
    chosen = municipality if municipality in choices else ""
    listed = [one for one in known if chosen in ("", one.profile.municipality)]
    pages = max(1, -(-len(listed) // ON_A_PAGE))
    number = min(max(page, 1), pages)
    return LiveProfile(
        total_text=say_number(counts.total),
        response=build_response(invitations, known),
        tables=show_tables(list_tables(counts), names=(*ORDER, *SIZES)),
        municipalities=show_municipalities(write_counts(counts)["tables"]["municipality"]),
        villages=list_villages(known),
        chosen=chosen,
        choices=choices,
        enterprises=tuple(
            build_line(one) for one in listed[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        ),
        page=number,
        pages=pages,
    )


def list_tables(counts: Counts) -> dict[str, Table]:
    """Return what staff may read: public facts exactly, answers in groups."""
    tables: dict[str, Table] = {}
    for name, line in counts.lines.items():
        exact: Table = {**line, TOTAL: sum(line.values())}
        tables[name] = show_line(line, STAFF_ENTERPRISES) if name in ANSWERED else exact
    for name, share in counts.shares.items():
        whole: Table = {**share.parts, TOTAL: share.whole}
        tables[name] = show_share(share, STAFF_ENTERPRISES) if name == "support" else whole
    return tables


def list_villages(known: Sequence[Known]) -> tuple[ShownPlace, ...]:
    """Return every village with an enterprise, by place in the movement."""
    rows: dict[tuple[str, str], Counter[Place]] = defaultdict(Counter)
    for one in known:
        rows[one.profile.village, one.profile.municipality][one.profile.place] += 1
    return tuple(
        ShownPlace(
            f"{village} ({municipality})",
            tuple(say_number(row[place]) for place in Place),
            say_number(row.total()),
        )
        for (village, municipality), row in sorted(rows.items())
    )


def build_line(one: Known) -> EnterpriseLine:
    """Return one enterprise in words."""
    profile = one.profile
    dimensions = dict(Dimension.choices)
    return EnterpriseLine(
        name=one.name,
        place=_("%(village)s, %(municipality)s")
        % {"village": profile.village, "municipality": profile.municipality},
        stance_text=str(dict(ImpactStance.choices).get(profile.facts.stance, "")),
        dimensions_text=", ".join(str(dimensions.get(key, key)) for key in profile.dimensions),
        sdg_text=", ".join(profile.sdg_targets),
        rides_text=str(PLACES[profile.place]),
    )
