"""The life of a seller order: which step may follow which."""

from collections.abc import Mapping
from datetime import datetime

STEPS: Mapping[str, frozenset[str]] = {
    "awaiting_payment": frozenset({"paid", "cancelled"}),
    "paid": frozenset({"ready", "collected", "cancelled"}),
    "ready": frozenset({"collected", "cancelled"}),
    "collected": frozenset(),
    # A payment that arrives after its time brings the order back while there is stock.
    "cancelled": frozenset({"paid"}),
}


def is_overdue(status: str, promised_until: datetime, *, brought: bool, now: datetime) -> bool:
    """Tell whether a shop is too late with its part: not packed, or not brought (CON-11)."""
    waits = status == "paid" or (brought and status == "ready")
    return waits and now > promised_until


class WrongStep(Exception):
    """A seller order cannot go from where it is to where somebody wants it."""

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(f"A seller order that is {now} cannot become {wanted}.")
        self.now = now
        self.wanted = wanted


def check_step(now: str, wanted: str) -> None:
    """Refuse a step that does not exist.

    :raises WrongStep: naming both ends.
    """
    if wanted not in STEPS[now]:
        raise WrongStep(now, wanted)
