"""Staff decide on reports about offers, with a reason (DSA art. 16 and 17)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from winkelstraat.shop.models import Notice, Outcome
from winkelstraat.shop.operations.notice_mails import mail_step
from winkelstraat.shop.operations.notices import Decision, NotNow, decide_notice

PERMISSION = "shop.change_notice"


@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show the reports, those that must be decided first on top."""
    refuse_others(request)
    found = list(
        Notice.objects.select_related("listing", "seller")
        .prefetch_related("steps__user")
        .order_by("due_on", "pk")[:200]
    )
    waiting = [one for one in found if waits(one)]
    context = {
        "waiting": waiting,
        "decided": [one for one in found if one not in waiting],
        "outcomes": Outcome.choices,
        "today": timezone.localdate(),
        "header_title": _("Reports"),
    }
    return render(request, "backoffice/notices.html", context)


@require_POST
def decide(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Write a decision down, do it, and tell everybody whom it touches."""
    refuse_others(request)
    outcome = request.POST.get("outcome", "")
    text = request.POST.get("text", "").strip()[:1000]
    back = HttpResponseRedirect(reverse("backoffice_notices"))
    if outcome not in Outcome.values or not text:
        messages.error(request, _("Choose what is done and say why. Everybody reads it."))
        return back
    try:
        step = decide_notice(
            notice_id=notice_id,
            decision=Decision(outcome, text),
            user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except (NotNow, Notice.DoesNotExist):
        messages.error(request, _("This was decided already, or somebody else must look at it."))
        return back
    mail_step(step=step)
    messages.success(request, _("Decided. The shop and who reported it get a mail."))
    return back


def waits(notice: Notice) -> bool:
    """Tell whether somebody must decide."""
    kinds = {step.kind for step in notice.steps.all()}
    return "decided" not in kinds or ("contested" in kinds and "reviewed" not in kinds)


def refuse_others(request: HttpRequest) -> None:
    """Let only those in who may decide on reports.

    :raises PermissionDenied: for everybody else.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
