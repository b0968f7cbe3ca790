"""Enterprises: who they are by law and what impact they strive for."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorpen.register.models.places import Village


class LegalForm(models.TextChoices):
    """The legal forms that trade in Dutch villages."""

    SOLE_TRADER = "eenmanszaak", _("sole trader")
    PARTNERSHIP = "vof", _("general partnership")
    PRIVATE_COMPANY = "bv", _("private company")
    COOPERATIVE = "cooperatie", _("cooperative")
    FOUNDATION = "stichting", _("foundation")
    ASSOCIATION = "vereniging", _("association")


class ImpactStance(models.TextChoices):
    """Whether impact comes before profit, beside it, or is not the aim."""

    IMPACT_FIRST = "impact_first", _("impact first")
    IMPACT_SECOND = "impact_second", _("impact second")
    REGULAR = "regular", _("regular")


class Dimension(models.TextChoices):
    """The five dimensions of the provincial agenda."""

    WORK = "work", _("work")
    CIRCULAR = "circular", _("circular economy")
    CARE = "care", _("care")
    COHESION = "cohesion", _("social cohesion")
    JUSTICE = "justice", _("justice")


class Drive(models.TextChoices):
    """The two drives of the provincial agenda."""

    ENVIRONMENT = "environment", _("healthy environment")
    SOCIETY = "society", _("positive society")


class EnterpriseStatus(models.TextChoices):
    """Only a verified enterprise is public and may sell."""

    DRAFT = "draft", _("draft")
    VERIFIED = "verified", _("verified")
    SUSPENDED = "suspended", _("suspended")


class Enterprise(models.Model):
    """One enterprise in the register (DSA art. 30 asks for most of these fields)."""

    legal_name = models.CharField(max_length=120)
    trade_name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    kvk_number = models.CharField(max_length=8, unique=True)
    vat_number = models.CharField(max_length=14, blank=True)
    legal_form = models.CharField(max_length=20, choices=LegalForm.choices)
    street_address = models.CharField(max_length=120)
    postcode = models.CharField(max_length=7)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="enterprises")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    email = models.EmailField()
    phone = models.CharField(max_length=20, blank=True)
    impact_stance = models.CharField(
        max_length=20, choices=ImpactStance.choices, default=ImpactStance.REGULAR
    )
    dimensions = ArrayField(
        models.CharField(max_length=12, choices=Dimension.choices), default=list, blank=True
    )
    drives = ArrayField(
        models.CharField(max_length=12, choices=Drive.choices), default=list, blank=True
    )
    sdg_targets = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    status = models.CharField(
        max_length=12, choices=EnterpriseStatus.choices, default=EnterpriseStatus.DRAFT
    )
    registered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["trade_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kvk_number__regex=r"^[0-9]{8}$"),
                name="a_kvk_number_has_eight_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(vat_number="")
                | models.Q(vat_number__regex=r"^NL[0-9]{9}B[0-9]{2}$"),
                name="a_vat_number_is_empty_or_dutch",
            ),
        ]

    def __str__(self) -> str:
        return self.trade_name


class MemberRole(models.TextChoices):
    """What a member may do in an enterprise."""

    OWNER = "owner", _("owner")
    HELPER = "helper", _("helper")


class Membership(models.Model):
    """A person who works for an enterprise on the street."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    # What a helper may do; an owner may do everything.
    sees_buyers = models.BooleanField(default=True)
    handles_money = models.BooleanField(default=True)
    changes_offer = models.BooleanField(default=True)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "user"], name="a_person_joins_an_enterprise_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.enterprise}"


class Invitation(models.Model):
    """An invitation to work for an enterprise, sent to a mail address."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    sees_buyers = models.BooleanField(default=False)
    handles_money = models.BooleanField(default=False)
    changes_offer = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "email"],
                condition=models.Q(accepted_at__isnull=True),
                name="an_address_has_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")),
                name="an_invitation_lapses_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} @ {self.enterprise}"
