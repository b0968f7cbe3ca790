"""Give the back office's groups their permissions."""

from typing import Any

from django.core.management.base import BaseCommand

from winkelstraat.backoffice.operations import equip_groups


class Command(BaseCommand):
    """Run after each migration; it may be repeated."""

    help = "Give the groups of the back office their permissions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Equip the groups."""
        equip_groups()
        self.stdout.write("The back office's groups have their permissions.")
