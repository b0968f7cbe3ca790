"""How many of who were asked filled it in, by municipality; who did not is counted too."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ketens.models import ProfileInvitation, ProfileRound
from ketens.queries.profiles.facts import Known
from ketens.queries.wording import say_number


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One municipality: asked, filled in, half filled in, and not yet."""

    name: str
    asked: int
    complete: int
    half: int

    @property
    def waiting(self) -> int:
        """How many answered nothing yet."""
        return self.asked - self.complete - self.half

    @property
    def percent(self) -> int:
        """Which part is filled in."""
        return round(100 * self.complete / self.asked) if self.asked else 0


@dataclass(frozen=True, slots=True)
class Response:
    """The newest round with its rows; the last one is of all together."""

    title: str
    first_day: date
    last_day: date
    rows: tuple[ResponseRow, ...]
    total: ResponseRow
    percent_text: str


def build_response(
    invitations: Sequence[ProfileInvitation], known: Sequence[Known]
) -> Response | None:
    """Return the response of the newest round among invitations; no query."""
    if not invitations:
        return None
    newest: ProfileRound = invitations[-1].round
    where = {one.profile.enterprise_id: one.profile.municipality for one in known}
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in invitations:
        if one.round_id == newest.pk and one.enterprise_id in where:
            row = rows[where[one.enterprise_id]]
            row[0] += 1
            row[1] += one.completed_at is not None
            row[2] += one.completed_at is None and bool(one.current)
    shown = tuple(ResponseRow(name, *row) for name, row in sorted(rows.items()))
    total = ResponseRow(
        "",
        sum(row.asked for row in shown),
        sum(row.complete for row in shown),
        sum(row.half for row in shown),
    )
    return Response(
        newest.title,
        newest.first_day,
        newest.last_day,
        shown,
        total,
        say_number(total.percent),
    )
