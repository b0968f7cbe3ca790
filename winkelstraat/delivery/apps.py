"""Django's name card of this package."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Pick-up points, their hours and delivery."""

    name = "winkelstraat.delivery"
    verbose_name = "delivery"
