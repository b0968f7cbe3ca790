"""Send an invitation to work in a shop."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dorpen.register.models import Invitation
from dorpen.register.operations.people import make_token


@transaction.atomic
def mail_invitation(*, invitation_id: int, now: datetime) -> None:
    """Send an open invitation once for each time that somebody is asked."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk=invitation_id, accepted_at=None, mailed_at=None)
        .select_related("enterprise")
        .first()
    )
    if invitation is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        build_invitation(invitation).send()
    invitation.mailed_at = now
    invitation.save(update_fields=["mailed_at"])


def build_invitation(invitation: Invitation) -> EmailMessage:
    """Return the mail with the link, not yet sent."""
    page = reverse("shop:invitation", args=[make_token(invitation.pk)])
    context = {
        "shop": invitation.enterprise.trade_name,
        "address": f"{settings.SITE_ADDRESS}{page}",
        "expires_at": invitation.expires_at,
    }
    subject = _("Come and work at %(shop)s on the street") % {"shop": context["shop"]}
    return EmailMessage(
        subject=subject,
        body=render_to_string("mail/invitation.txt", context),
        to=[invitation.email],
    )
