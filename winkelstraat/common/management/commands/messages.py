"""Keep the translations complete: update, check or compile the catalogues."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from winkelstraat.common import catalogues
from winkelstraat.settings.environment import PROJECT_DIR


class Command(BaseCommand):
    """``messages update|check|compile``."""

    help = "Update, check or compile the Dutch and English catalogues."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one of three actions."""
        parser.add_argument("action", choices=["update", "check", "compile"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Do the action for every language.

        :raises CommandError: when a message has no translation.
        """
        missing = []
        for language in catalogues.LANGUAGES:
            if action == "update":
                catalogues.update_catalogue(PROJECT_DIR, language)
            if action == "compile":
                catalogues.compile_catalogue(PROJECT_DIR, language)
            else:
                missing += [
                    f"{language}: {text!r}"
                    for text in catalogues.list_missing(PROJECT_DIR, language)
                ]
        if missing:
            raise CommandError("Not translated yet:\n" + "\n".join(missing))
        self.stdout.write(f"Catalogues: {action} done.")
