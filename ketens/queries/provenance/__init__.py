"""How a figure is known: found by its public id, told the same way for every kind.

A figure is a single calculation, a stretch of a chain, a purchase, or a total of the
ledger. Whatever it is, its page gives formula, inputs, factor, quality, dates and what
is not known.
"""

from datetime import date
from uuid import UUID

from dorpen.register.models import Village
from ketens.domain.measures import STREET, Scope, ScopeKind, find_figure
from ketens.models import Chain, ChainProduct
from ketens.queries.provenance.calculations import tell_calculation, tell_purchase
from ketens.queries.provenance.counts import tell_batch, tell_entry, tell_round
from ketens.queries.provenance.parts import Provenance
from ketens.queries.provenance.stretches import tell_leg, tell_product
from ketens.queries.provenance.totals import tell_total

__all__ = ["Provenance", "get_provenance"]


def get_provenance(public_id: UUID, *, today: date, since: date | None = None) -> Provenance | None:
    """Return how a figure is known, None when no figure has this id.

    `since` is the first day of a total; `today` chooses the factors of a stretch.
    """
    return (
        tell_calculation(public_id)
        or tell_leg(public_id, today=today)
        or tell_purchase(public_id)
        or tell_batch(public_id)
        or tell_entry(public_id)
        or tell_round(public_id)
        or tell_figure(public_id, today=today, since=since)
    )


def tell_figure(public_id: UUID, *, today: date, since: date | None) -> Provenance | None:
    """Return how a total or a product's figure is known."""
    scopes = [
        STREET,
        *(Scope(ScopeKind.CHAIN, key) for key in ids_of(Chain)),
        *(Scope(ScopeKind.VILLAGE, key) for key in ids_of(Village)),
        *(Scope(ScopeKind.PRODUCT, key) for key in ids_of(ChainProduct)),
    ]
    found = find_figure(public_id, scopes)
    if found is None:
        return None
    scope, measure = found
    if scope.kind is ScopeKind.PRODUCT:
        return tell_product(scope.id, measure, today=today)
    return tell_total(scope, measure, since)


def ids_of(model: type[Chain] | type[Village] | type[ChainProduct]) -> list[int]:
    """Return all ids of a model."""
    return list(model.objects.order_by("pk").values_list("pk", flat=True))
