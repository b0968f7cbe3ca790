"""Hours, obligations and the blocks laid on them; nothing here can point at a person.

No name, no citizen number, no diagnosis. A placement is a random number that exists only
where a block has a longest duration; its group is encrypted, and it is deleted two years
after its obligation closed.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise
from ketens.domain.social_return import BlockStatus, BlockUnit
from ketens.domain.work import TargetGroup

GROUP_LABELS = {
    TargetGroup.PARTICIPATION_UNDER_2_YEARS: _("Participation Act, up to two years"),
    TargetGroup.PARTICIPATION_OVER_2_YEARS: _("Participation Act, more than two years"),
    TargetGroup.UNEMPLOYED_UNDER_1_YEAR: _("WW, up to one year"),
    TargetGroup.UNEMPLOYED_OVER_1_YEAR: _("WW, more than one year"),
    TargetGroup.WIA: _("WIA"),
    TargetGroup.WAO: _("WAO"),
    TargetGroup.WAJONG: _("Wajong"),
    TargetGroup.JOBS_AGREEMENT: _("jobs agreement"),
    TargetGroup.SHELTERED_ACT: _("Wsw"),
    TargetGroup.SHELTERED_WORK: _("sheltered work"),
    TargetGroup.APPRENTICE_1_2: _("apprentice (bbl), level 1 or 2"),
    TargetGroup.APPRENTICE_3_PLUS: _("apprentice (bbl), level 3 or higher"),
    TargetGroup.INTERN: _("intern (bol)"),
    TargetGroup.PRACTICAL_SCHOOL: _("practical or special school"),
    TargetGroup.ENTRY_TRAINING: _("entry training"),
    TargetGroup.PERMIT_HOLDER: _("holder of a residence permit"),
    TargetGroup.NO_BENEFIT: _("looks for work, no benefit"),
    TargetGroup.YOUTH_WITHOUT_QUALIFICATION: _("young, without a diploma"),
}
GROUPS = [(group.value, label) for group, label in GROUP_LABELS.items()]
STATUS_LABELS = {
    BlockStatus.PLANNED: _("planned"),
    BlockStatus.CLAIMED: _("claimed"),
    BlockStatus.EVIDENCED: _("evidence is there"),
    BlockStatus.ACCEPTED: _("accepted"),
    BlockStatus.REJECTED: _("rejected"),
}


class EvidenceKind(models.TextChoices):
    """What the coordinator sees at the employer's; none of it is kept here."""

    STATEMENT = "statement", _("statement of contract and hours")
    DECLARATION = "declaration", _("target-group declaration, seen and not copied")
    INVOICE = "invoice", _("invoice")
    SCHOOL = "school", _("agreement with the school")


class WorkMonth(models.Model):
    """Paid hours of one group at one employer in one month; a better count is a new version."""

    employer = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=12, choices=GROUPS)
    month = models.DateField(help_text="The first day of the month.")
    version = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveIntegerField()
    people = models.PositiveSmallIntegerField()
    is_confirmed = models.BooleanField(
        default=False, help_text="Unlikely hours that the employer said are right."
    )
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "group", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "group", "month", "version"],
                name="a_month_of_work_has_versions_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="a_month_of_work_is_named_by_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.group} v{self.version}"


class Region(models.Model):
    """A region that counts social return in blocks; an example can meet no obligation."""

    key = models.SlugField(primary_key=True)
    title = models.CharField(max_length=120)
    is_example = models.BooleanField()
    full_time_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["is_example", "title"]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """What one kind of effort counts for in a region; null until a coordinator fills it in."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="blocks")
    key = models.SlugField()
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    cents = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=8, choices=[(one.value, one.value) for one in BlockUnit])
    max_months = models.PositiveSmallIntegerField(null=True, blank=True)
    tenders_from = models.DateField(null=True, blank=True)
    tenders_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    address = models.URLField(max_length=300, blank=True)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["region", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "key", "tenders_from"],
                nulls_distinct=False,
                name="a_region_has_a_block_once_per_tender_date",
            ),
            models.CheckConstraint(
                condition=models.Q(tenders_until__isnull=True)
                | models.Q(tenders_from__isnull=True)
                | models.Q(tenders_until__gte=models.F("tenders_from")),
                name="a_block_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.label_nl}"


class Obligation(models.Model):
    """What a contract asks of a contractor: a share of its value, met with blocks."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contractor = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="obligations")
    buyer = models.CharField(max_length=120, help_text="The municipality or other buyer.")
    title = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="obligations")
    tender_date = models.DateField()
    contract_cents = models.PositiveBigIntegerField(help_text="Without VAT.")
    percentage = models.DecimalField(max_digits=4, decimal_places=2)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percentage__gt=0) & models.Q(percentage__lte=100),
                name="an_obligation_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=models.Q(contract_cents__gt=0), name="a_contract_is_worth_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """One working relation by a random number, where a block has a longest duration."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employer = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    group_secret = models.TextField(help_text="The group, encrypted.")
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("began_on")),
                name="a_placement_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class StackedBlock(models.Model):
    """A block laid on an obligation; only an accepted one counts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="stacked")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(
        Placement, on_delete=models.SET_NULL, null=True, blank=True, related_name="stacked"
    )
    first_month = models.DateField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    status = models.CharField(
        max_length=9,
        choices=[(status.value, label) for status, label in STATUS_LABELS.items()],
        default=BlockStatus.PLANNED.value,
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.block} ({self.status})"


class StackedMonth(models.Model):
    """One month of one placement under one obligation; the same hour counts once."""

    stacked = models.ForeignKey(StackedBlock, on_delete=models.CASCADE, related_name="claimed")
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="claimed")
    month = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "month"], name="an_hour_counts_under_one_obligation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class BlockStep(models.Model):
    """Who moved a block, when and why; the database refuses edits."""

    stacked = models.ForeignKey(StackedBlock, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=9)
    evidence = models.CharField(max_length=12, choices=EvidenceKind.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.status
