"""Open the whole street on this machine, and close it again on Ctrl-C."""

import time
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from winkelstraat.bridges.demo.processes import (
    PartDied,
    Say,
    Street,
    heartbeat,
    stop_signals,
)
from winkelstraat.bridges.demo.stories import read_people
from winkelstraat.bridges.demo.street import Ports, list_environment, list_parts, tell_sign_ins
from winkelstraat.settings.embedded import stop_server
from winkelstraat.settings.environment import DATABASE_URL

STEPS: tuple[tuple[str, str, tuple[str, ...], dict[str, Any]], ...] = (
    ("translations", "messages", ("compile",), {}),
    ("tables", "migrate", (), {"interactive": False}),
    ("places of Drenthe", "load_register", (), {}),
    ("emission factors", "load_factors", (), {}),
    ("blocks of social return", "load_social_return", (), {}),
    ("actions of the agenda", "load_agenda", (), {}),
    ("groups of the back office", "equip_back_office", (), {}),
    ("a page for every village", "make_village_pages", (), {}),
    ("ninety days of village life", "load_demo", (), {}),
    ("static files", "collectstatic", (), {"interactive": False, "verbosity": 0}),
)


# These say by themselves how far they are; beside threads no process should be forked.
TALKATIVE = {"load_demo"}


def beating(command: str, say: Say) -> AbstractContextManager[None]:
    """Return what shows that a step goes on while the step itself is silent."""
    return nullcontext() if command in TALKATIVE else heartbeat(say)


class Command(BaseCommand):
    """``demo [--port 8000] [--sandbox-port 8001]``."""

    help = "Prepare the demo and run web server, worker and Stripe sandbox until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ports."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--sandbox-port", type=int, default=8001)
        parser.add_argument("--prepare-only", action="store_true", help="stop before the servers")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, run, and stop everything cleanly.

        :raises CommandError: when a part of the street dies.
        """
        ports = Ports(options["port"], options["sandbox_port"])
        # The story of today is told with the addresses of this run.
        settings.SITE_ADDRESS = ports.address
        settings.STRIPE_ADDRESS = ports.sandbox_address
        try:
            self.prepare()
            if not options["prepare_only"]:
                self.run(ports)
        finally:
            if not DATABASE_URL:
                stop_server(settings.DATA_DIR / "postgres")
                self.say("  database stopped")

    def say(self, text: str) -> None:
        """Show progress at once."""
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self) -> None:
        """Bring database and files up to date; what is there stays."""
        for number, (what, command, arguments, options) in enumerate(STEPS, start=1):
            started = time.monotonic()
            self.say(f"[{number}/{len(STEPS)}] {what}")
            with beating(command, self.say):
                call_command(command, *arguments, stdout=self.stdout, **options)
            self.say(f"  done in {time.monotonic() - started:.1f} s")

    def run(self, ports: Ports) -> None:
        """Run every part until somebody stops or a part dies.

        :raises CommandError: when a part dies.
        """
        street = Street(settings.DATA_DIR / "log", list_environment(ports), self.say)
        with stop_signals() as stopping:
            try:
                self.say("Starting")
                for part in list_parts(ports):
                    street.start(part)
                self.say(tell_sign_ins(ports, read_people()["password"]))
                street.watch(stopping)
                self.say("Stopping")
            except PartDied as error:
                raise CommandError(str(error)) from None
            finally:
                street.stop()
