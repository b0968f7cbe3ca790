"""What a shopkeeper typed and did not offer yet."""

from django.conf import settings
from django.db import models

from dorpen.register.models import Photo
from winkelstraat.shop.models.listings import Listing
from winkelstraat.shop.models.sellers import SellerProfile


class ListingSketch(models.Model):
    """The fields of a form as they were typed, saved while typing; one per person and thing.

    Without a listing it is something new.
    """

    seller = models.ForeignKey(SellerProfile, on_delete=models.CASCADE, related_name="sketches")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, null=True, blank=True, related_name="sketches"
    )
    fields = models.JSONField(default=dict)
    photo = models.ForeignKey(
        Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "author", "listing"],
                nulls_distinct=False,
                name="a_person_has_one_sketch_of_a_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fields.get("title", ""))
