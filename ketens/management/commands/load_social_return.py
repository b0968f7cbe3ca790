"""``manage.py load_social_return``: load regions and blocks; what was filled in is kept."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ketens.operations.block_lists import load_blocks


class Command(BaseCommand):
    """Load the blocks of every region; those of the North wait for their coordinator."""

    help = "Load the building blocks of social return (idempotent)."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.PROJECT_DIR / "fixtures" / "reference" / "social_return"
        parser.add_argument("folder", nargs="?", type=Path, default=default)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_blocks(folder=options['folder'])} blocks loaded")
