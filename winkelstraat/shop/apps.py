"""Django's name card of this package."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    """Listings, basket, checkout and orders."""

    name = "winkelstraat.shop"
    verbose_name = "shop"

    def ready(self) -> None:
        """Let the worker hear what the shop asks of it."""
        from winkelstraat.shop import tasks

        tasks.listen()
