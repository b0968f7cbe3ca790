"""Django's name card of this package."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """Wagtail admin screens for staff."""

    name = "winkelstraat.backoffice"
    verbose_name = "back office"
