"""Django's name card of this package."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages that editors write."""

    name = "dorpen.pages"
    verbose_name = "pages"
