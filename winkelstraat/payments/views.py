"""What browsers and the provider ask of payments."""

from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from winkelstraat.common.limits import limit
from winkelstraat.payments import operations
from winkelstraat.payments.domain.states import ENDED_STATES
from winkelstraat.payments.gateway import WEB_TIMEOUT_S, GatewayError, InvalidSignature
from winkelstraat.payments.models import Payment
from winkelstraat.payments.queries import get_payment_state


@csrf_exempt
@require_POST
@transaction.non_atomic_requests
def webhook(request: HttpRequest, endpoint: str) -> HttpResponse:
    """Store a report: 200 when kept or known, 400 when forged or unreadable, 503 to come back."""
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = -1
    if not 0 < size <= settings.PAYMENTS_WEBHOOK_MAX_BYTES:
        return HttpResponse(status=400)
    try:
        operations.receive_webhook(
            body=request.body,
            signature=request.headers.get("Stripe-Signature", ""),
            endpoint=endpoint,
            now=timezone.now(),
        )
    except (InvalidSignature, operations.MalformedReport):
        return HttpResponse(status=400)
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(status=200)


@never_cache
@limit("come_back", most=60, seconds=600, method="GET")
@require_GET
def come_back(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Receive a buyer who comes back from the pay page and send him to his order."""
    payment = get_object_or_404(Payment, reference=reference)
    # Without an answer now, the webhook or the sweeper brings it; until then it is pending.
    with suppress(GatewayError):
        operations.finalise_payment(
            payment_id=payment.pk, now=timezone.now(), timeout=WEB_TIMEOUT_S
        )
    payment.refresh_from_db()
    if payment.is_open and "gestopt" not in request.GET:
        return _wait(request, payment)
    gave_up = payment.is_open or payment.state in ENDED_STATES
    return _go(request, payment.cancel_url if gave_up else payment.return_url)


def _wait(request: HttpRequest, payment: Payment) -> HttpResponse:
    context = {"payment": get_payment_state(payment.purchase_ref)}
    return render(request, "payments/waiting.html", context)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


@never_cache
@require_POST
def pay_again(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Send a buyer to the pay page of a payment that is still open."""
    payment = get_object_or_404(Payment, reference=reference)
    if not payment.is_open:
        ended = payment.state in ENDED_STATES
        return HttpResponseRedirect(payment.cancel_url if ended else payment.return_url)
    try:
        url = operations.start_checkout(payment_id=payment.pk, now=timezone.now())
    except operations.PaymentsUnavailable:
        context = {"payment": get_payment_state(payment.purchase_ref)}
        return render(request, "payments/unavailable.html", context, status=503)
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
