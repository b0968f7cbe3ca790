"""The 12 municipalities and 219 villages of Drenthe, with the source of every row."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """A municipality, by its official CBS code."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A place that the BAG calls a woonplaats, with its centre in WGS84."""

    code = models.CharField(_("BAG code"), max_length=4, unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="villages"
    )
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(52.5, 53.4))
                & models.Q(longitude__range=(6.0, 7.2)),
                name="a_village_lies_in_or_beside_drenthe",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VillageAlias(models.Model):
    """Another name for a village: the part of it that lies in a second municipality."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="aliases")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class PostalCode(models.Model):
    """A four-digit postal code and the village where most of its addresses are."""

    pc4 = models.CharField(max_length=4)
    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="postal_codes")
    latitude = models.FloatField()
    longitude = models.FloatField()
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pc4", "village"], name="a_pc4_names_a_village_once"),
            models.CheckConstraint(
                condition=models.Q(pc4__regex=r"^[1-9][0-9]{3}$"), name="a_pc4_has_four_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.pc4
