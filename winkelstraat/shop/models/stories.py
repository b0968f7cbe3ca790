"""What a shop told about itself, every time that it changed it."""

from django.conf import settings
from django.db import models

from dorpen.register.models import Photo
from winkelstraat.shop.models.sellers import SellerProfile


class ShopStory(models.Model):
    """One publication of a shop's own page; the newest is what buyers read."""

    seller = models.ForeignKey(SellerProfile, on_delete=models.CASCADE, related_name="stories")
    tagline = models.CharField(max_length=160, blank=True)
    story = models.TextField(blank=True)
    photo = models.ForeignKey(
        Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.seller}: {self.published_at:%d-%m-%Y}"
