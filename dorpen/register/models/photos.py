"""The one picture model: products, shops, villages and stories all use it."""

from typing import ClassVar

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Photo(AbstractImage):
    """A picture with who made it and under which licence it is shown."""

    credit = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    ground = models.CharField(
        max_length=7, blank=True, help_text="Colour behind a drawn picture, as #rrggbb."
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        *Image.admin_form_fields,
        "credit",
        "licence",
    )


class PhotoRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_picture_and_filter",
            ),
        ]
