"""Yearly reports as they were drawn: once for each year and state of what was released."""

from django.conf import settings
from django.db import models


class YearReport(models.Model):
    """One report: its content as it was, and the PDF that was drawn from it. Never edited."""

    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=64, help_text="Digest of everything it was built from.")
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the PDF.")
    pdf = models.BinaryField()
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    built_at = models.DateTimeField()

    class Meta:
        ordering = ["-built_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "state"], name="a_report_is_drawn_once_per_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.state[:8]}"
