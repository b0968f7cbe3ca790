"""Pick-up points: village halls and the like, with the hours when a host is there."""

from django.conf import settings
from django.db import models

from dorpen.register.models import Village


class PickupPoint(models.Model):
    """A place in a village where orders of several shops are handed out."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="pickup_points")
    street_address = models.CharField(max_length=120)
    postcode = models.CharField(max_length=7)
    latitude = models.FloatField()
    longitude = models.FloatField()
    instructions = models.CharField(max_length=300, blank=True)
    hosts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="hosted_pickup_points"
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PickupWindow(models.Model):
    """A stretch of a week in which a host hands out orders; weekday 1 is Monday."""

    pickup_point = models.ForeignKey(PickupPoint, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__range=(1, 7)), name="a_window_is_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="a_window_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pickup_point} {self.weekday} {self.opens_at}"
