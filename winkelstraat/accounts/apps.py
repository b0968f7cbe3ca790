"""Django's name card of this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: who they are and what they may do."""

    name = "winkelstraat.accounts"
    verbose_name = "people"

    def ready(self) -> None:
        """Let the worker hear of long work."""
        from winkelstraat.accounts import tasks

        tasks.listen()
