"""Hold the euro ledger against the payment provider."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from winkelstraat.payments import operations
from winkelstraat.payments.management.commands.stripe_backfill import read_since


class Command(BaseCommand):
    """Exit with 1 and name each order and its difference in cents when something differs."""

    help = "Hold the euro ledger against the payment provider."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the moment to begin at."""
        parser.add_argument("--since", default="", help="a moment; without it, 48 hours ago")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and tell.

        :raises CommandError: with one line for each order that differs.
        """
        since = read_since(options["since"], hours=48)
        try:
            found = operations.reconcile_payments(since=since, now=timezone.now())
        except operations.GatewayError as error:
            raise CommandError(f"The provider does not answer: {error}") from error
        lines = [finding.say() for finding in found.findings]
        if found.difference_cents:
            lines.append(
                f"The balance differs by {found.difference_cents:+d} cents (provider"
                f" {found.provider_cents}, ledger {found.ledger_cents}, set apart"
                f" {found.quarantined_cents})."
            )
        if lines:
            raise CommandError("The books do not agree:\n" + "\n".join(lines))
        self.stdout.write(
            f"The books agree: {found.checked} payments, {found.provider_cents} cents."
        )
