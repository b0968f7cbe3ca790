"""Django's name card of this package."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Taking, splitting and paying out money."""

    name = "winkelstraat.payments"
    verbose_name = "payments"

    def ready(self) -> None:
        """Register the system checks and let the worker hear the outbox and the inbox."""
        from winkelstraat.payments import checks, tasks  # noqa: F401 - checks register themselves

        tasks.listen()
