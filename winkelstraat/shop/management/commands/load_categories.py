"""Load the categories of the street."""

from typing import Any

from django.core.management.base import BaseCommand

from winkelstraat.settings.environment import PROJECT_DIR
from winkelstraat.shop.operations.categories import load_categories


class Command(BaseCommand):
    """Bring the categories up to date; it may be repeated."""

    help = "Load the categories of the street."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and tell how many."""
        count = load_categories(path=PROJECT_DIR / "fixtures" / "reference" / "categories.yaml")
        self.stdout.write(f"The street has {count} categories.")
