"""Long work that a worker does for a person (ADR 0031)."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.accounts.models.people import User


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", _("waits")
    RUNNING = "running", _("is being done")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


BUSY = (JobState.WAITING, JobState.RUNNING)


class Job(models.Model):
    """One piece of long work: who asked for it, how far it is, and what came of it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(help_text=_("when the worker last told how far it is"))
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0, help_text=_("0 while nobody knows"))
    message = models.CharField(max_length=200, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="jobs_the_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_job_of_a_kind_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(done__lte=models.F("total")),
                name="a_job_does_no_more_than_all",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["done", "failed"], finished_at__isnull=False)
                | models.Q(state__in=["waiting", "running"], finished_at__isnull=True),
                name="a_job_has_an_end_when_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.title
