"""Paid hours and jobs of a quarter, taken over from its release on work and from nowhere else."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dorpen.register.models import Municipality
from ketens.domain.disclosure import Withheld
from ketens.domain.monitor import PlaceKind
from ketens.domain.monitor.folding import Cell
from ketens.domain.monitor.telling import Told
from ketens.domain.work import TargetGroup
from ketens.models import WorkRelease

PROVINCE = Cell(PlaceKind.PROVINCE, None, None, "")
WEEKS_A_QUARTER = 13
JOB_HOURS = Decimal("25.5")


def tell_work(quarter: date) -> Iterator[Told]:
    """Yield paid minutes by municipality and province, and jobs of the province.

    Hours of the province are told when no target group is withheld, since they would give
    a withheld one away. Nothing at all is yielded without a release on work.
    """
    row = WorkRelease.objects.filter(quarter=quarter).first()
    if row is None:
        return
    groups = {key: one for key, one in row.tables["group"].items() if key != "total"}
    hours = [one["hours"] for one in groups.values()]
    known = [number for number in hours if number is not None]
    whole = sum(known) if len(known) == len(hours) else None
    yield tell("paid_minutes", PROVINCE, None if whole is None else whole * 60)
    agreement = groups.get(TargetGroup.JOBS_AGREEMENT.value, {}).get("hours")
    jobs = None if agreement is None else Decimal(agreement) / (JOB_HOURS * WEEKS_A_QUARTER)
    rounded = None if jobs is None else int(jobs.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    yield tell("agreement_jobs", PROVINCE, rounded)
    numbers = dict(Municipality.objects.values_list("name", "pk"))
    for name, one in sorted(row.tables["municipality"].items()):
        if name in numbers:
            cell = Cell(PlaceKind.MUNICIPALITY, numbers[name], None, "")
            yield tell("paid_minutes", cell, None if one["hours"] is None else one["hours"] * 60)


def tell(measure: str, cell: Cell, value: int | None) -> Told:
    """Return a figure about people, withheld when the release on work withholds it."""
    withheld = Withheld.FEW_PEOPLE.value if value is None else ""
    return Told(measure, cell, value, withheld=withheld)
