"""Load the municipalities, villages and postal codes of Drenthe."""

from typing import Any

from django.core.management.base import BaseCommand

from dorpen.register.operations import load_places
from winkelstraat.settings.environment import PROJECT_DIR


class Command(BaseCommand):
    """Bring the places up to date; it may be repeated."""

    help = "Load the municipalities, villages and postal codes of Drenthe."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and tell how many."""
        counts = load_places(folder=PROJECT_DIR / "fixtures" / "reference" / "places")
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        self.stdout.write(f"The register holds {told}.")
