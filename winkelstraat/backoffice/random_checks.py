"""Staff look at the offers of the month's random sample (DSA art. 31(3))."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from winkelstraat.backoffice.notices import refuse_others
from winkelstraat.shop.models import CheckOutcome, RandomCheck
from winkelstraat.shop.operations.notice_mails import mail_step
from winkelstraat.shop.operations.notices import Decision, NotNow
from winkelstraat.shop.operations.random_checks import decide_check, mail_question


@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show what must be looked at, and below it what was found before."""
    refuse_others(request)
    rows = RandomCheck.objects.select_related("listing", "listing__seller", "user")
    context = {
        "waiting": rows.filter(outcome="")[:200],
        "decided": rows.exclude(outcome="").order_by("-decided_at")[:100],
        "outcomes": CheckOutcome.choices,
        "header_title": _("Random checks"),
    }
    return render(request, "backoffice/random_checks.html", context)


@require_POST
def decide(request: HttpRequest, check_id: int) -> HttpResponse:
    """Write down what was found, do it, and tell the shop."""
    refuse_others(request)
    outcome = request.POST.get("outcome", "")
    text = request.POST.get("text", "").strip()[:1000]
    back = HttpResponseRedirect(reverse("backoffice_random_checks"))
    if outcome not in CheckOutcome.values or (outcome != CheckOutcome.FINE and not text):
        messages.error(request, _("Choose what you found. Is it not right? Say why as well."))
        return back
    try:
        step = decide_check(
            check_id=check_id,
            decision=Decision(outcome, text),
            user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except (NotNow, RandomCheck.DoesNotExist):
        messages.error(request, _("Somebody looked at this already."))
        return back
    if step:
        mail_step(step=step)
    elif outcome == CheckOutcome.ASKED:
        mail_question(check_id=check_id)
    messages.success(request, _("Written down."))
    return back
