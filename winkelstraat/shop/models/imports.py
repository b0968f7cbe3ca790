"""A spreadsheet with a shop's offer: what its rows would do, and what they did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.listings import Listing
from winkelstraat.shop.models.sellers import SellerProfile


class ImportState(models.TextChoices):
    """Where a run stands; the states that end on -ing are the worker's."""

    READING = "reading", _("being read")
    READY = "ready", _("looked over: nothing is changed yet")
    APPLYING = "applying", _("being carried out")
    DONE = "done", _("carried out")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("not readable")


class ImportRun(models.Model):
    """One uploaded file. `done_rows` of `all_rows` is how far the worker is."""

    seller = models.ForeignKey(SellerProfile, on_delete=models.CASCADE, related_name="imports")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=120)
    content = models.BinaryField()
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.READING
    )
    problem = models.CharField(max_length=40, blank=True)
    all_rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["touched_at"],
                name="runs_that_a_worker_has",
                condition=models.Q(state__in=["reading", "applying", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


class Verdict(models.TextChoices):
    """What a row would do."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("stays as it is")
    REFUSED = "refused", _("cannot be done")


class ImportRow(models.Model):
    """One row: what was typed, what it would do, and what stood there before.

    The versions are those of the listing when the row was looked over and after it was
    carried out: who changed it in between is not overruled.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    offer = models.JSONField(null=True, blank=True)
    changes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    photo_name = models.CharField(max_length=400, blank=True)
    photo_done = models.BooleanField(default=False)
    listing = models.ForeignKey(
        Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before = models.JSONField(null=True, blank=True)
    is_applied = models.BooleanField(default=False)
    seen_version = models.PositiveIntegerField(null=True, blank=True)
    applied_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="a_row_of_a_file_is_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"
