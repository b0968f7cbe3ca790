"""How much of what was sold the figures know: it accompanies every total."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from ketens.domain.measures import Scope, ScopeKind
from ketens.models import BookedLine
from ketens.queries.wording import say_number


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


def share_text(part: int, whole: int) -> str:
    """Return a share in whole percents, never 100 when something is missing."""
    if not whole:
        return _("unknown")
    percent = part * 100 // whole
    return f"{say_number(percent)}%"


def lines_in(scope: Scope, since: date | None) -> QuerySet[BookedLine]:
    """Return the booked lines of a scope from a day on."""
    lines = BookedLine.objects.all()
    if scope.kind is ScopeKind.VILLAGE:
        lines = lines.filter(booking__village_id=scope.id)
    if scope.kind is ScopeKind.CHAIN:
        lines = lines.filter(chain_id=scope.id)
    if since is not None:
        lines = lines.filter(booking__activity_date__gte=since)
    return lines


def get_coverage(scope: Scope, since: date | None = None) -> Coverage:
    """Return how much is known of what was booked in a scope; one query."""
    known_emission = Q(emission_mg_co2e__isnull=False)
    row = lines_in(scope, since).aggregate(
        total=Count("pk"),
        known_mass=Count("pk", filter=Q(mass_g__isnull=False)),
        known_emission=Count("pk", filter=known_emission),
        known_distance=Count("pk", filter=Q(distance_m__isnull=False)),
        known_work=Count("pk", filter=Q(work_minutes__isnull=False)),
        mass=Sum("mass_g", default=0),
        mass_with_emission=Sum("mass_g", filter=known_emission, default=0),
        first_day=Min("booking__activity_date"),
        last_day=Max("booking__activity_date"),
    )
    return Coverage(
        lines=row["total"],
        with_mass=row["known_mass"],
        with_emission=row["known_emission"],
        with_distance=row["known_distance"],
        with_work=row["known_work"],
        mass_g=row["mass"],
        mass_with_emission_g=row["mass_with_emission"],
        first_day=row["first_day"],
        last_day=row["last_day"],
    )
