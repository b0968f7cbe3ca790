"""Make the yearly file on sellers for the tax office."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from winkelstraat.payments import operations


class Command(BaseCommand):
    """Make the next version of a year's DAC7 file, keep it, and write it to a path."""

    help = "Make the yearly file on sellers for the tax office (DAC7)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the year and the file."""
        parser.add_argument("year", type=int)
        parser.add_argument("--mail", action="store_true", help="send each seller his copy")
        parser.add_argument("--to", default="", help="where the XML goes; without it, nowhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and tell how many sellers are in it."""
        report = operations.make_dac7_report(year=options["year"], now=timezone.now())
        if options["to"]:
            Path(options["to"]).write_text(report.xml, encoding="utf-8")
        if options["mail"]:
            sent = operations.mail_dac7_copies(report_id=report.pk)
            self.stdout.write(f"{sent} copies sent.")
        self.stdout.write(
            f"{report.reference}: {len(report.documents)} sellers, digest {report.digest[:12]}."
        )
