"""``manage.py rollups``: compare the kept sums and months with the books, or rebuild them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ketens.operations.monitor import count_month_differences, refresh_all
from ketens.operations.rollups import count_differences, rebuild_rollups


class Command(BaseCommand):
    """Compare the sums per day and the monitor's months; ``--rebuild`` adds them up again."""

    help = "Compare the sums per day and per month with the books; --rebuild adds them up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Add them up again.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            rebuild_rollups(say=self.stdout.write)
            refresh_all(now=timezone.now(), say=self.stdout.write)
        found = count_differences() | count_month_differences()
        waiting = found.pop("months_waiting")
        if waiting:
            self.stdout.write(f"{waiting} months of the monitor wait for the night.")
        if any(found.values()):
            raise CommandError(
                ", ".join(f"{name}: {count} differ" for name, count in found.items())
            )
        self.stdout.write("The sums are what the books say.")
