"""Begin and end looking along with a person, and tell him afterwards (SEC-14)."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.accounts.domain.looking import (
    LONGEST,
    SHORTEST_REASON,
    MayNotLookAlong,
    ReasonTooShort,
)
from winkelstraat.accounts.events import LookingEnded
from winkelstraat.accounts.models import Audited, LookingAlong, User
from winkelstraat.accounts.operations.audit import Thing, record
from winkelstraat.accounts.queries.looking import is_staff_of_any_kind
from winkelstraat.common.announcer import announce


@transaction.atomic
def begin_looking(*, staff: User, email: str, reason: str, now: datetime) -> LookingAlong:
    """Let staff read what a person reads for a quarter of an hour; one person at a time.

    :raises ReasonTooShort: when hardly anything is said about why.
    :raises MayNotLookAlong: with staff, with oneself, and with who is not here.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None or person.pk == staff.pk or is_staff_of_any_kind(person):
        raise MayNotLookAlong
    for left in LookingAlong.objects.filter(staff=staff, ended_at=None):
        end_looking(looking_id=left.pk, now=now)
    looking = LookingAlong.objects.create(
        staff=staff,
        person=person,
        reason=reason.strip()[:300],
        started_at=now,
        ends_at=now + LONGEST,
    )
    about = Thing("person", person.pk, str(person))
    record(action=Audited.IMPERSONATION_STARTED, about=about, by=staff, reason=looking.reason)
    return looking


@transaction.atomic
def end_looking(*, looking_id: int, now: datetime) -> None:
    """End it, at the latest when its time was over; twice is once."""
    looking = LookingAlong.objects.select_for_update().filter(pk=looking_id, ended_at=None).first()
    if looking is None:
        return
    looking.ended_at = min(now, looking.ends_at)
    looking.save(update_fields=["ended_at"])
    seconds = int((looking.ended_at - looking.started_at).total_seconds())
    record(
        action=Audited.IMPERSONATION_ENDED,
        about=Thing("person", looking.person_id, str(looking.person)),
        by=looking.staff,
        changes={"seconds": (None, seconds)},
    )
    announce(LookingEnded(looking.pk))


@transaction.atomic
def tell_looked_along(*, looking_id: int, now: datetime) -> bool:
    """Tell a person who looked along with him, when and why; once."""
    looking = (
        LookingAlong.objects.select_for_update(of=("self",))
        .select_related("person", "staff")
        .filter(pk=looking_id, told_at=None, ended_at__isnull=False)
        .first()
    )
    if looking is None:
        return False
    looking.told_at = now
    looking.save(update_fields=["told_at"])
    context = {"looking": looking, "person": looking.person.get_short_name()}
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("Somebody of the high street looked along with you"),
            body=render_to_string("mail/looked_along.txt", context),
            to=[looking.person.email],
            headers={"Message-ID": f"<looked-along.{looking.pk}@winkelstraat>"},
        ).send()
    return True
