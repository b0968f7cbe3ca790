"""Django's name card of this package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """One double-entry engine for five units."""

    name = "winkelstraat.ledger"
    verbose_name = "ledger"
