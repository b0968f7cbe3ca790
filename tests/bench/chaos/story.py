"""The whole story of one run: open, trade in bad weather, let time pass, count."""

from contextlib import ExitStack
from typing import Any

import requests

from tests.bench.chaos.buyers import let_buyers_shop
from tests.bench.chaos.closing import find_broken_promises, let_time_pass
from tests.bench.chaos.staff import Staff
from tests.bench.chaos.weather import Weather
from tests.bench.chaos.world import open_world
from tests.journeys.street import Street


def tell(street: Street, *, purchases: int, seed: int, pause_s: float, fair: bool) -> Any:
    """Return what happened, and under `broken` every promise that was not kept."""
    street.manage("messages", "compile")
    street.manage("collectstatic", "--noinput", "--verbosity", "0")
    world = open_world()
    street.start_sandbox()
    street.start_web()
    street.start_worker()
    # What vouchers of the street promise is paid from its own balance.
    top_up = f"{street.sandbox_address}/admin/topups"
    requests.post(top_up, json={"amount": 1_000_000}, timeout=30).raise_for_status()
    staff = Staff(street, seed=seed)
    with ExitStack() as stack:
        stack.enter_context(staff)
        weather = Weather(street, seed=seed, pause_s=pause_s, kills=True)
        if not fair:
            stack.enter_context(weather)
        came = let_buyers_shop(street, world, purchases=purchases, seed=seed)
    street.kill("worker")
    rounds = let_time_pass(street)
    return {
        "purchases": purchases,
        "came": came,
        "staff": staff.happened,
        "weather": weather.happened,
        "rounds": rounds,
        **find_broken_promises(street, world),
    }
