"""Django's name card of this package."""

from django.apps import AppConfig


class BridgesConfig(AppConfig):
    """Where two domains meet."""

    name = "winkelstraat.bridges"
    verbose_name = "bridges"

    def ready(self) -> None:
        """Let the domains hear each other."""
        from winkelstraat.bridges import (
            product_groups,
            product_names,
            signing_in,
            subscriptions,
        )

        subscriptions.connect()
        signing_in.connect()
        product_names.connect()
        product_groups.connect()
