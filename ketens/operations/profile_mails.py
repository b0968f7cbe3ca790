"""Mail enterprises their link, and remind those who did not fill it in.

The link must arrive, so it is marked after it left; a reminder must not come twice, so it
is marked before, and the mark is taken back when the mail could not leave.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ketens.domain.questionnaire import read_questionnaire
from ketens.models import ProfileInvitation
from ketens.queries.profiles.links import make_token
from ketens.queries.profiles.waiting import is_due, list_to_mail, list_to_remind

BATCH = 100


def mail_round(*, now: datetime) -> int:
    """Send the links and reminders that are due; return how many mails left."""
    today = timezone.localdate(now)
    links = sum(mail_link(invitation_id=one, now=now) for one in list_to_mail(today)[:BATCH])
    due = list_to_remind(today)[:BATCH]
    return links + sum(remind(invitation_id=one, now=now) for one in due)


@transaction.atomic
def mail_link(*, invitation_id: int, now: datetime) -> bool:
    """Send an enterprise its link, once; False when it has it, or needs it no more."""
    held = _hold(invitation_id, mailed_at=None)
    if held is None or not _runs(held, now):
        return False
    _build(held, is_reminder=False).send()
    held.mailed_at = now
    held.save(update_fields=["mailed_at"])
    return True


def remind(*, invitation_id: int, now: datetime) -> bool:
    """Remind an enterprise once more; False when it is too soon, too often, or filled in."""
    with transaction.atomic():
        held = _hold(invitation_id, mailed_at__isnull=False)
        if held is None or not is_due(held, timezone.localdate(now)):
            return False
        before = held.reminded_at
        held.reminders += 1
        held.reminded_at = now
        held.save(update_fields=["reminders", "reminded_at"])
    try:
        _build(held, is_reminder=True).send()
    except Exception:
        ProfileInvitation.objects.filter(pk=held.pk, reminded_at=now).update(
            reminders=F("reminders") - 1, reminded_at=before
        )
        raise
    return True


def _hold(invitation_id: int, **wanted: object) -> ProfileInvitation | None:
    """Return an invitation that is not filled in, locked; None while another has it."""
    return (
        ProfileInvitation.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=invitation_id, completed_at=None, **wanted)
        .select_related("enterprise", "round__questionnaire")
        .first()
    )


def _runs(held: ProfileInvitation, now: datetime) -> bool:
    return held.round.first_day <= timezone.localdate(now) <= held.round.last_day


def _build(held: ProfileInvitation, *, is_reminder: bool) -> EmailMessage:
    """Return the mail, not yet sent."""
    questions = read_questionnaire(held.round.questionnaire.content)
    page = reverse("profile:start", args=[make_token(held.pk)])
    context = {
        "enterprise": held.enterprise.trade_name,
        "address": f"{settings.SITE_ADDRESS}{page}",
        "last_day": held.round.last_day,
        "questions": len(questions.questions),
        "answered": questions.count_answered(held.current),
        "is_reminder": is_reminder,
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = (
            _("Your answers are still welcome") if is_reminder else _("How do you make impact?")
        )
        body = render_to_string("mail/profile.txt", context)
    return EmailMessage(subject=subject, body=body, to=[held.enterprise.email])
