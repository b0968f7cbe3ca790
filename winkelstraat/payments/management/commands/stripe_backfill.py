"""Catch up with reports of the payment provider that were lost."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from winkelstraat.payments import operations


def read_since(text: str, *, hours: int) -> Any:
    """Return the moment that was typed, or so many hours ago when nothing was.

    :raises CommandError: when it is no moment.
    """
    if not text:
        return timezone.now() - timedelta(hours=hours)
    moment = parse_datetime(text)
    if moment is None:
        moment = parse_datetime(f"{text}T00:00")
    if moment is None:
        raise CommandError("Write the moment like 2026-11-23 or 2026-11-23T08:00.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class Command(BaseCommand):
    """Fetch events, pay pages and refunds, and finish what they ask for; safe to repeat."""

    help = "Catch up with reports of the payment provider that were lost."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the moment to begin at."""
        parser.add_argument("--since", default="", help="a moment; without it, 48 hours ago")

    def handle(self, *args: Any, **options: Any) -> None:
        """Catch up, and tell what was found.

        :raises CommandError: when the provider does not answer; run it again later.
        """
        since = read_since(options["since"], hours=48)
        try:
            caught = operations.backfill(since=since, now=timezone.now())
        except operations.GatewayError as error:
            raise CommandError(f"The provider does not answer: {error}") from error
        self.stdout.write(
            f"{caught.reports} reports that never came, {caught.payments} payments,"
            f" {caught.refunds} refunds and {caught.swept} loose ends brought up to date."
        )
