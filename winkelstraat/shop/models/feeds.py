"""Secret addresses at which a calendar reads a shop's orders."""

from django.conf import settings
from django.db import models

from winkelstraat.shop.models.sellers import SellerProfile


class OrderFeed(models.Model):
    """One person's address for one shop; a new token makes the old address die."""

    seller = models.ForeignKey(SellerProfile, on_delete=models.CASCADE, related_name="feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "user"], name="a_person_has_one_feed_of_a_shop"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller}: {self.user}"
