"""The signed link of a mail: it opens the questions of one enterprise in one round."""

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.models import ProfileInvitation

SALT = "ketens.profile.invitation"


def make_token(invitation_id: int) -> str:
    """Return the part of the address that nobody can make up."""
    return Signer(salt=SALT).sign(str(invitation_id))


def find_by_token(token: str) -> ProfileInvitation | None:
    """Return the invitation that a link opens; None for a link that we did not write."""
    try:
        number = int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None
    return _invitations().filter(pk=number).first()


def find_for(enterprise: Enterprise) -> ProfileInvitation | None:
    """Return the newest invitation of an enterprise, None when it was never asked."""
    return _invitations().filter(enterprise=enterprise).order_by("-round__first_day").first()


def _invitations() -> QuerySet[ProfileInvitation]:
    return ProfileInvitation.objects.filter(
        enterprise__status=EnterpriseStatus.VERIFIED
    ).select_related("enterprise", "round__questionnaire")
