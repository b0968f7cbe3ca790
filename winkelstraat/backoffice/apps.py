"""Django's name card of this package."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """Wagtail admin screens for staff."""

    name = "winkelstraat.backoffice"
    verbose_name = "back office"

    def ready(self) -> None:
        """Let the worker know the long work that staff ask for."""
        from winkelstraat.backoffice import work

        work.register_all()
