"""A batch as GS1 EPCIS 2.0 events."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from ketens.domain.exchange.epcis import build_document
from ketens.queries.exchange.batches import get_batch_record
from ketens.views.exchange.access import refuse, token_required

JSON_LD = "application/ld+json"


@require_safe
@token_required
def show_batch(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Give the events of one batch as an EPCIS document in JSON-LD."""
    record = get_batch_record(public_id)
    if record is None:
        return refuse(404, "NotFound", "There is no batch with this id.")
    document = build_document(record, created_at=timezone.now())
    return JsonResponse(document, content_type=JSON_LD, json_dumps_params={"ensure_ascii": False})
