"""What is fixed for good: a baseline to measure from, and the tables of a quarter on people."""

from django.conf import settings
from django.db import models

from ketens.models.profiles import ProfileRound, QuestionnaireVersion


class Baseline(models.Model):
    """The figures of a stretch of time with what they were made by; never edited."""

    title = models.CharField(max_length=120, unique=True)
    first_day = models.DateField()
    last_day = models.DateField()
    method_version = models.CharField(max_length=12)
    factor_sets = models.JSONField(help_text="Names of the factor sets that were used.")
    figures = models.JSONField(help_text="Amounts by scope and measure, in whole units.")
    profile = models.JSONField(
        default=dict, help_text="Exact counts of enterprises, for staff; empty without a round."
    )
    public_profile = models.JSONField(default=dict, help_text="The same as anybody may read it.")
    scope = models.JSONField(default=list, help_text="Slugs of the enterprises that were counted.")
    definitions = models.JSONField(default=dict, help_text="What the words meant, by word.")
    questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    round = models.ForeignKey(
        ProfileRound, on_delete=models.PROTECT, null=True, blank=True, related_name="baselines"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["-frozen_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="a_baseline_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True) | ~models.Q(reason=""),
                name="a_baseline_that_replaces_another_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WorkRelease(models.Model):
    """What the public may read of work in one quarter; suppressed before it was written."""

    quarter = models.DateField(unique=True, help_text="The first day of the quarter.")
    tables = models.JSONField()
    hidden = models.JSONField(help_text="Cells that are withheld, and stay so later.")
    digest = models.CharField(max_length=64)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["-quarter"]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m}"
