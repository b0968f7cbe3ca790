"""Django's name card of this package."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    """Listings, basket, checkout and orders."""

    name = "winkelstraat.shop"
    verbose_name = "shop"
