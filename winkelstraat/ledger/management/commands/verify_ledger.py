"""Recompute every balance and every seal of the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from winkelstraat.ledger.audit import list_differences
from winkelstraat.ledger.models import Transfer


class Command(BaseCommand):
    """Exit with 1 and name what differs when the books are not what the transfers say."""

    help = "Recompute every balance and every seal of the ledger."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and tell.

        :raises CommandError: with one line for each difference.
        """
        differences = list(list_differences())
        if differences:
            raise CommandError("The ledger is not right:\n" + "\n".join(differences))
        self.stdout.write(f"The ledger is right: {Transfer.objects.count()} transfers checked.")
