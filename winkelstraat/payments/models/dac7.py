"""What was reported of sellers to the tax office, and who need not be (DAC7)."""

from django.db import models

from dorpen.register.models import Enterprise


class Dac7Exclusion(models.Model):
    """A seller that is never reported, such as a government body, with the proof on file."""

    enterprise = models.OneToOneField(
        Enterprise, on_delete=models.PROTECT, related_name="dac7_exclusion"
    )
    reason = models.CharField(max_length=200)
    evidence = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.reason}"


class Dac7Report(models.Model):
    """One yearly file as it was made; a correction is a next version, the old one stays."""

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField()
    documents = models.JSONField()
    xml = models.TextField()
    digest = models.CharField(max_length=64)
    copied_to = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "version"], name="a_year_has_one_file_per_version"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
