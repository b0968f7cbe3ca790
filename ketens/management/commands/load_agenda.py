"""``manage.py load_agenda``: load the agenda's actions; what was told about them stays."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ketens.operations.agenda import load_agenda


class Command(BaseCommand):
    """Load the actions of 2021 to 2024 and the proposals for 2026 to 2030."""

    help = "Load the actions of the agenda (idempotent)."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.PROJECT_DIR / "fixtures" / "reference" / "agenda"
        parser.add_argument("folder", nargs="?", type=Path, default=default)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_agenda(folder=options['folder'])} actions loaded")
