"""What each comparison with the provider found, for staff to read later (PAY-33)."""

from django.db import models


class ReconciliationRun(models.Model):
    """One comparison; `findings` holds one line for each order that differed."""

    ran_at = models.DateTimeField()
    since = models.DateTimeField()
    checked = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    provider_cents = models.BigIntegerField()
    ledger_cents = models.BigIntegerField()
    quarantined_cents = models.BigIntegerField()

    class Meta:
        ordering = ["-ran_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}: {self.checked}"

    @property
    def difference_cents(self) -> int:
        """Return how much more the provider has than ledger and quarantine explain."""
        return self.provider_cents - self.ledger_cents - self.quarantined_cents

    @property
    def agrees(self) -> bool:
        """Tell whether nothing differed."""
        return not self.findings and not self.difference_cents
