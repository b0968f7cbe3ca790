"""The agenda's actions, what became of them, and what staff wrote about figures and signals.

An action is reference data and may be loaded again. What people set or wrote about it is
a row of its own, with who and when; the database refuses edits.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionStatus(models.TextChoices):
    """How far an action is, in the words of who answers for it."""

    UNKNOWN = "unknown", _("not told")
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


class AgendaAction(models.Model):
    """One line of the agenda: what would be done, with whom, and what would be seen of it."""

    key = models.SlugField(primary_key=True)
    position = models.PositiveSmallIntegerField(unique=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=4, help_text="As the agenda numbers it: 1.1 to 3.3.")
    title = models.CharField(max_length=160)
    what = models.TextField()
    partners = models.CharField(max_length=300)
    results = models.JSONField(help_text="What would be seen, by year.")
    indicators = models.JSONField(help_text="Codes of measures, and of what is counted by hand.")
    source = models.CharField(max_length=300)
    is_proposal = models.BooleanField(help_text="Proposed by the street; the province decides.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="an_action_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(theme__regex=r"^[1-3]\.[1-3]$"),
                name="an_action_belongs_to_a_theme_of_the_agenda",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.title}"


class ActionState(models.Model):
    """One version of how an action stands."""

    action = models.ForeignKey(AgendaAction, on_delete=models.PROTECT, related_name="states")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=ActionStatus.choices)
    owner = models.CharField(max_length=120, help_text="A post or an organisation, not a person.")
    evidence = models.TextField(blank=True, max_length=2000)
    evidence_address = models.URLField(max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "version"], name="an_action_has_states_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ActionStatus.DONE.value) | ~models.Q(evidence=""),
                name="an_action_that_is_done_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} v{self.version}: {self.status}"


class HandCount(models.Model):
    """A number that no ledger knows, counted by hand for an indicator of the agenda."""

    indicator = models.SlugField()
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=300)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "version"], name="a_hand_count_has_versions_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0), name="a_hand_count_is_not_negative"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""), name="a_hand_count_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} v{self.version}"


class NoteSubject(models.TextChoices):
    """What a note is about."""

    FIGURE = "figure", _("a figure")
    PLACE = "place", _("a place")
    CHAIN = "chain", _("a chain")
    SIGNAL = "signal", _("a signal")
    ACTION = "action", _("an action")


class StaffNote(models.Model):
    """What a member of staff wrote down about something in the monitor; staff read it only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=8, choices=NoteSubject.choices)
    subject_key = models.CharField(max_length=120, help_text="What it is about, by its own code.")
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_note_says_something"),
        ]
        indexes = [models.Index(fields=["subject", "subject_key"], name="notes_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_key}"
