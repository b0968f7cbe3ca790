"""Give every village of the register its page."""

from typing import Any

from django.core.management.base import BaseCommand

from dorpen.pages.operations.making import make_village_pages


class Command(BaseCommand):
    """``make_village_pages``."""

    help = "Make the home page, the list of villages and a page for every village."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing and say how much that was."""
        made = make_village_pages()
        self.stdout.write(f"  {made} new village pages")
