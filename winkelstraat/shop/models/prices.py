"""Every price that was ever asked, so that "van" can be computed (PRI-02)."""

from django.db import models

from winkelstraat.shop.models.listings import Listing


class PriceChange(models.Model):
    """From this moment on a listing cost this much; rows are added and never changed."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="price_changes")
    at = models.DateTimeField()
    price_cents = models.PositiveIntegerField()
    is_offer = models.BooleanField(default=False)

    class Meta:
        ordering = ["listing", "at", "id"]
        indexes = [models.Index(fields=["listing", "at"], name="prices_of_a_listing_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price_cents__gt=0), name="a_price_that_was_asked_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.price_cents} since {self.at:%d-%m-%Y}"
