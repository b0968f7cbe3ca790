"""Chains: who works together, and how goods travel between them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise
from ketens.domain.transport import Method


class ChainStatus(models.TextChoices):
    """Only a running chain is booked on."""

    IDEA = "idea", _("idea")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class Role(models.TextChoices):
    """What a member does in a chain."""

    GROWER = "grower", _("grower")
    MAKER = "maker", _("maker")
    CARRIER = "carrier", _("carrier")
    SHOP = "shop", _("shop")
    SOCIAL_WORKPLACE = "workplace", _("social workplace")
    RECEIVER = "receiver", _("takes what is left")


class Chain(models.Model):
    """Enterprises that bring one kind of thing from its origin to a resident."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    story = models.TextField(blank=True)
    status = models.CharField(
        max_length=8, choices=ChainStatus.choices, default=ChainStatus.RUNNING
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="a_chain_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="ended") | models.Q(ended_on__isnull=False),
                name="an_ended_chain_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChainMember(models.Model):
    """An enterprise in one role; who grows and sells is a member twice."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="members")
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="chain_memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices)
    contribution = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "enterprise", "role"], name="a_member_has_a_role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} ({self.role})"


class ChainLink(models.Model):
    """Goods go from one member to the next; the links of a chain never run in a circle."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="links")
    from_member = models.ForeignKey(
        ChainMember, on_delete=models.PROTECT, related_name="outgoing_links"
    )
    to_member = models.ForeignKey(
        ChainMember, on_delete=models.PROTECT, related_name="incoming_links"
    )
    grams_per_kg_sold = models.PositiveIntegerField(
        default=1000, help_text="What goes over this link for every kilo that is sold in the end."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_member", "to_member"], name="two_members_have_one_link"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_member=models.F("to_member")),
                name="a_link_joins_two_different_members",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_member_id} → {self.to_member_id}"


class Leg(models.Model):
    """One stretch of transport on a link (ISO 14083: a transport chain element)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link = models.ForeignKey(ChainLink, on_delete=models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField(default=1)
    vehicle = models.CharField(max_length=80)
    method = models.CharField(
        max_length=12, choices=[(method.value, method.value) for method in Method]
    )
    factor_key = models.CharField(max_length=80)
    infrastructure_factor_key = models.CharField(max_length=80, blank=True)
    consumption_per_km = models.DecimalField(
        max_digits=8, decimal_places=4, null=True, blank=True, help_text="kWh or litre per km."
    )
    consumption_per_tkm = models.DecimalField(
        max_digits=12,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="kWh or litre per tonne-km, from rounds that were measured.",
    )
    consumption_source = models.CharField(max_length=160, blank=True)
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    distance_source = models.CharField(max_length=160)
    typical_load_g = models.PositiveIntegerField(null=True, blank=True)
    load_source = models.CharField(max_length=160, blank=True)
    empty_share = models.DecimalField(max_digits=4, decimal_places=3, default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["link", "position"], name="a_link_has_legs_in_order"),
            models.CheckConstraint(
                condition=models.Q(empty_share__gte=0) & models.Q(empty_share__lt=1),
                name="an_empty_share_is_below_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(method="tkm_default") | models.Q(empty_share=0),
                name="a_tonne_km_default_already_holds_empty_trips",
            ),
            models.CheckConstraint(
                condition=models.Q(typical_load_g__isnull=True) | models.Q(typical_load_g__gt=0),
                name="a_known_load_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} ({self.method})"


class ChainProduct(models.Model):
    """A product of the shop, known by its opaque reference, that this chain makes."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="products")
    product_ref = models.CharField(max_length=40)
    maker = models.ForeignKey(ChainMember, on_delete=models.PROTECT, related_name="products")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product_ref"],
                condition=models.Q(removed_at__isnull=True),
                name="a_product_runs_in_one_chain_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.product_ref


class SocialWork(models.Model):
    """Paid work by people with a distance to the labour market, per kilo or per piece.

    Hours only; never persons (IMPACT rule: status of a person is health data).
    """

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="social_work")
    member = models.ForeignKey(ChainMember, on_delete=models.PROTECT, related_name="social_work")
    description = models.CharField(max_length=160)
    minutes_per_kg = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    minutes_per_piece = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes_per_kg__isnull=True)
                ^ models.Q(minutes_per_piece__isnull=True),
                name="work_is_counted_per_kilo_or_per_piece",
            ),
        ]

    def __str__(self) -> str:
        return self.description
