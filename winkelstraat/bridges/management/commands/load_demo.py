"""Load a living Drenthe: people, shops, chains and ninety days of orders."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from winkelstraat.bridges.demo.loading import SEED, Wish, find_first_day, load_demo
from winkelstraat.bridges.demo.plan import ORDERS


class Command(BaseCommand):
    """``load_demo [--today 2026-11-23] [--seed 2026] [--orders 430]``."""

    help = "Load the demo; what is there already is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, the dice and the size."""
        parser.add_argument("--today", type=date.fromisoformat, help="default: today")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--orders", type=int, default=ORDERS, help="of the past ninety days")
        parser.add_argument("--no-pictures", action="store_true", help="quicker, for tests")
        parser.add_argument("--alone", action="store_true", help="in this process only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, telling how far it is."""
        today = options["today"] or find_first_day() or timezone.localdate()
        wish = Wish(
            today=today,
            seed=options["seed"],
            orders=options["orders"],
            with_pictures=not options["no_pictures"],
            with_help=not options["alone"],
        )
        self.stdout.write(f"  the demo's day is {today:%d-%m-%Y}")
        load_demo(wish, self.say)

    def say(self, text: str) -> None:
        """Show progress at once."""
        self.stdout.write(text)
        self.stdout.flush()
