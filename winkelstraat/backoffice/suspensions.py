"""Staff pause a shop or end its contract, with the reason; somebody else looks when contested."""

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from winkelstraat.backoffice.notices import refuse_others
from winkelstraat.backoffice.periods import read_day
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import (
    SellerProfile,
    Suspension,
    SuspensionKind,
    SuspensionReason,
    SuspensionReview,
)
from winkelstraat.shop.operations.notices import NotNow
from winkelstraat.shop.operations.suspensions import (
    EndsTooSoon,
    Suspending,
    lift_suspension,
    review_suspension,
    suspend_shop,
)
from winkelstraat.shop.queries.suspensions import list_suspensions


@require_http_methods(["GET", "HEAD", "POST"])
def suspensions(request: HttpRequest) -> HttpResponse:
    """Show the decisions about shops, and take a new one."""
    refuse_others(request)
    if request.method == "POST" and _decide(request):
        return HttpResponseRedirect(reverse("backoffice_suspensions"))
    context = {
        "decisions": list_suspensions(),
        "shops": list(SellerProfile.objects.values_list("pk", "name")),
        "kinds": SuspensionKind.choices,
        "reasons": SuspensionReason.choices,
        "reviews": SuspensionReview.choices,
        "typed": request.POST,
        "header_title": _("Pause or end"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "backoffice/suspensions.html", context, status=status)


@require_POST
def review(request: HttpRequest, suspension_id: int) -> HttpResponse:
    """Look once more at what a shop contested, or bring it back because it mended it."""
    refuse_others(request)
    wanted, text = request.POST.get("review", ""), request.POST.get("text", "").strip()[:1000]
    back = HttpResponseRedirect(reverse("backoffice_suspensions"))
    now = timezone.now()
    try:
        if wanted == "mended":
            lift_suspension(
                suspension_id=suspension_id,
                user=request.user,  # type: ignore[arg-type]
                now=now,
            )
        elif wanted in SuspensionReview.values and text:
            review_suspension(
                suspension_id=suspension_id,
                review=wanted,
                text=text,
                user=request.user,  # type: ignore[arg-type]
                now=now,
            )
        else:
            messages.error(request, _("Choose what is done and say why. Everybody reads it."))
            return back
    except (NotNow, Suspension.DoesNotExist):
        messages.error(request, _("This was decided already, or somebody else must look at it."))
        return back
    messages.success(request, _("Decided. The shop gets a mail."))
    return back


def _decide(request: HttpRequest) -> bool:
    """Carry out what was typed, or say what is not right and return False."""
    typed = request.POST
    wanted = typed.get("effective_on", "")
    day = read_day(wanted) if wanted else timezone.localdate()
    shop = typed.get("shop", "")
    seller = SellerProfile.objects.filter(pk=shop).first() if shop.isdecimal() else None
    text = typed.get("text", "").strip()[:1000]
    is_known = (
        typed.get("kind") in SuspensionKind.values
        and typed.get("reason") in SuspensionReason.values
    )
    if seller is None or day is None or not text or not is_known:
        messages.error(request, _("Choose the shop and the reason, and write the facts."))
        return False
    moment = datetime.combine(day, time(), LOCAL)
    try:
        suspend_shop(
            seller=seller,
            decision=Suspending(typed["kind"], typed["reason"], text, moment),
            user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except EndsTooSoon:
        messages.error(request, _("A shop must have thirty days. Choose a later day."))
        return False
    except NotNow:
        messages.error(request, _("Another decision about this shop stands. Lift it first."))
        return False
    messages.success(request, _("Decided. The shop gets a mail."))
    return True
