"""How much of what was sold the figures know: it accompanies every total."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, QuerySet, Sum
from django.utils.translation import gettext as _

from ketens.domain.measures import Scope, ScopeKind
from ketens.models import CoverageDay
from ketens.queries.wording import say_number

SUMS = (
    "lines",
    "with_mass",
    "with_emission",
    "with_distance",
    "with_work",
    "mass_g",
    "mass_with_emission_g",
    "emission_mg",
    "primary_mg",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lines booked, and of how many the mass, emission and distance are known."""

    lines: int
    with_mass: int
    with_emission: int
    with_distance: int
    with_work: int
    mass_g: int
    mass_with_emission_g: int
    emission_mg: int
    primary_mg: int
    first_day: date | None
    last_day: date | None

    @property
    def mass_share_text(self) -> str:
        """The share of lines with a known mass."""
        return share_text(self.with_mass, self.lines)

    @property
    def emission_share_text(self) -> str:
        """The share of lines with a known emission."""
        return share_text(self.with_emission, self.lines)

    @property
    def distance_share_text(self) -> str:
        """The share of lines of which every stretch's vehicle kilometres are known."""
        return share_text(self.with_distance, self.lines)

    @property
    def emission_mass_share_text(self) -> str:
        """The share of the known mass with a known emission."""
        return share_text(self.mass_with_emission_g, self.mass_g)

    @property
    def primary_share_text(self) -> str:
        """The share of the emission that rests on fuel or power that was measured."""
        return share_text(self.primary_mg, self.emission_mg)


def share_text(part: int, whole: int) -> str:
    """Return a share in whole percents, never 100 when something is missing."""
    if not whole:
        return _("unknown")
    percent = part * 100 // whole
    return f"{say_number(percent)}%"


def days_in(scope: Scope, since: date | None) -> QuerySet[CoverageDay]:
    """Return the sums per day of a scope from a day on."""
    days = CoverageDay.objects.all()
    if scope.kind is ScopeKind.VILLAGE:
        days = days.filter(village_id=scope.id)
    if scope.kind is ScopeKind.CHAIN:
        days = days.filter(chain_id=scope.id)
    if since is not None:
        days = days.filter(day__gte=since)
    return days


def get_coverage(scope: Scope, since: date | None = None) -> Coverage:
    """Return how much is known of what was booked in a scope; one query over sums per day."""
    return Coverage(
        **days_in(scope, since).aggregate(
            **{name: Sum(name, default=0) for name in SUMS},
            first_day=Min("day"),
            last_day=Max("day"),
        )
    )
