"""What is counted, over which ground, and the public name of each such figure.

A figure's public id follows from its scope and measure alone (RFC 9562, version 5),
so it needs no row, stays the same for ever, and can be found back by trying the few
hundred scopes that exist.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

NAMESPACE = UUID("6a0b1f0e-58a5-4c55-9c0e-3f1f5f2b7a10")


class Measure(StrEnum):
    """The things that a sale moves."""

    GOODS = "goods"
    EMISSION = "emission"
    DISTANCE = "distance"
    WORK = "work"
    TURNOVER = "turnover"


class ScopeKind(StrEnum):
    """Over which ground a figure adds up."""

    STREET = "street"
    VILLAGE = "village"
    CHAIN = "chain"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole street, one village, one chain or one product of a chain."""

    kind: ScopeKind
    id: int = 0


STREET = Scope(ScopeKind.STREET)


def public_id(scope: Scope, measure: Measure) -> UUID:
    """Return the public id of a figure."""
    return uuid5(NAMESPACE, f"{scope.kind}:{scope.id}:{measure}")


def find_figure(wanted: UUID, scopes: list[Scope]) -> tuple[Scope, Measure] | None:
    """Return which figure an id names, None when it names none of these scopes."""
    for scope in scopes:
        for measure in Measure:
            if public_id(scope, measure) == wanted:
                return scope, measure
    return None
