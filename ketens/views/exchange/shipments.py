"""Transport as iLEAP 1.0.0 shipments with their categories."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ketens.domain.exchange.ileap import build_shipment, build_toc
from ketens.queries.exchange.shipments import (
    Shipments,
    get_purchase_shipments,
    get_round_shipments,
)
from ketens.views.exchange.access import refuse, token_required


@require_safe
@token_required
def show_round(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Give a round that was driven: a shipment for every stop."""
    return answer(get_round_shipments(public_id))


@require_safe
@token_required
def show_purchase(request: HttpRequest, purchase_ref: UUID) -> HttpResponseBase:
    """Give the transport of a purchase: a shipment for every line."""
    return answer(get_purchase_shipments(purchase_ref))


def answer(found: Shipments | None) -> HttpResponseBase:
    """Return shipments with their categories, and how many are left out as unknown."""
    if found is None:
        return refuse(404, "NotFound", "Nothing was booked under this id.")
    return JsonResponse(
        {
            "shipments": [build_shipment(one) for one in found.shipments],
            "tocs": [build_toc(one) for one in found.tocs],
            "hocs": [],
            "leftOut": found.left_out,
        },
        json_dumps_params={"ensure_ascii": False},
    )
