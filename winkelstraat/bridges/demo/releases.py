"""Close the books of what is past and release it, as the province does every quarter."""

from contextlib import suppress

from ketens.domain.disclosure import released_quarter
from ketens.models import SaleBooking
from ketens.operations.figure_releases import release_figures
from ketens.operations.monitor import refresh_months
from ketens.operations.releases import AlreadyReleased
from winkelstraat.bridges.demo.world import World
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import close_period
from winkelstraat.ledger.queries import get_closed_until


def make_releases(world: World) -> str:
    """Add the months up, close the newest quarter that is due and release it."""
    months = refresh_months(now=world.now)
    first, last = released_quarter(world.now.date())
    line = f"{len(months)} months of the monitor"
    if not SaleBooking.objects.filter(activity_date__range=(first, last)).exists():
        return line
    closed = get_closed_until()
    if closed is None or closed < last:
        for unit in Unit:
            close_period(unit=unit, until=last, now=world.now)
    with suppress(AlreadyReleased):
        release_figures(quarter=first, user=None, now=world.now)
    return f"{line}, the quarter up to {last:%d-%m-%Y} released"
