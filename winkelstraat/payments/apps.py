"""Django's name card of this package."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Taking, splitting and paying out money."""

    name = "winkelstraat.payments"
    verbose_name = "payments"
