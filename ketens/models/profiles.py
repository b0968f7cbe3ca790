"""The short questionnaire on impact: its versions, its rounds, and what was answered.

An answer is written once; another one is a new version beside it. What an invitation says
now (`current`) is kept with it, so that a page reads one row for each enterprise.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models

from dorpen.register.models import Enterprise


class DayRange(models.Func):
    """The days of a round, both ends with it."""

    function = "DATERANGE"
    output_field = models.CharField()


class QuestionnaireVersion(models.Model):
    """The questions as they were asked; another wording is another version."""

    key = models.SlugField()
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="a_version_of_questions_exists_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class ProfileRound(models.Model):
    """A stretch of days in which every enterprise is asked the same questions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120, unique=True)
    questionnaire = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="rounds"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="a_round_of_questions_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="one_round_of_questions_runs_at_a_time",
                expressions=[
                    (
                        DayRange("first_day", "last_day", RangeBoundary(True, True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProfileInvitation(models.Model):
    """One enterprise in one round, with the answers that hold now and the mails it got."""

    round = models.ForeignKey(ProfileRound, on_delete=models.PROTECT, related_name="invitations")
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="profile_invitations"
    )
    current = models.JSONField(default=dict, help_text="The newest answer to each question.")
    invited_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "enterprise"], name="an_enterprise_is_asked_once_in_a_round"
            ),
            models.CheckConstraint(
                condition=models.Q(reminders__lte=2), name="nobody_is_reminded_a_third_time"
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True) | ~models.Q(current={}),
                name="what_is_filled_in_holds_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.round}"


class ProfileAnswer(models.Model):
    """What was chosen at one question; append-only. Who used the link of the mail is null."""

    invitation = models.ForeignKey(
        ProfileInvitation, on_delete=models.PROTECT, related_name="answers"
    )
    question = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    chosen = models.JSONField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["invitation", "question", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "question", "version"],
                name="an_answer_has_versions_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} v{self.version}"
