"""Tell an applicant what was decided about his shop."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from winkelstraat.shop.models import Application, ApplicationStatus


def mail_decision(*, application_id: int) -> None:
    """Send the decision with what to do next."""
    application = Application.objects.select_related("applicant").get(pk=application_id)
    is_in = application.status == ApplicationStatus.VERIFIED
    context = {
        "shop": application.fields.get("trade_name", ""),
        "reason": application.reason,
        "is_in": is_in,
        "address": f"{settings.SITE_ADDRESS}{reverse('join:about')}",
    }
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("Your shop is on the street") if is_in else _("A question about your shop"),
            body=render_to_string("mail/application.txt", context),
            to=[application.applicant.email],
        ).send()
