"""What the demo runs, where, and what it tells people when it stands."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from winkelstraat.bridges.demo.processes import Part

BIN = Path(sys.executable).parent
WEBHOOK_SECRET = "whsec_demo"  # noqa: S105 - of the sandbox, which has no money

SIGN_INS = (
    ("bewoner@example.nl", "a resident with orders"),
    ("bakker@example.nl", "a shopkeeper, desk at /mijn-winkel/"),
    ("gastheer@example.nl", "host of a pick-up point"),
    ("redacteur@example.nl", "editor of Norg and Veenhuizen, /cms/"),
    ("staf@example.nl", "platform staff, /cms/"),
    ("analist@example.nl", "analyst of the province, /monitor/"),
)


@dataclass(frozen=True)
class Ports:
    """Where the web server and the Stripe sandbox listen on this machine."""

    web: int
    sandbox: int

    @property
    def address(self) -> str:
        """Where people find the street."""
        return f"http://127.0.0.1:{self.web}"

    @property
    def sandbox_address(self) -> str:
        """Where the Stripe sandbox answers."""
        return f"http://127.0.0.1:{self.sandbox}"


def list_parts(ports: Ports) -> list[Part]:
    """Return the parts of the street in the order in which they start."""
    web = [
        *("--bind", f"127.0.0.1:{ports.web}"),
        *("--workers", "2"),
        *("--threads", "4"),
        "--no-control-socket",
    ]
    sandbox = [
        *("--port", str(ports.sandbox)),
        *("--state", str(settings.DATA_DIR / "sandbox.sqlite3")),
        *("--webhook", f"{ports.address}/betalen/webhook/"),
        *("--webhook-secret", WEBHOOK_SECRET),
        *("--connect-webhook", f"{ports.address}/betalen/webhook/winkels/"),
        *("--thin-webhook", f"{ports.address}/betalen/webhook/dun/"),
    ]
    worker = ("--pool", "solo", "--beat", "--loglevel", "INFO")
    return [
        Part(
            "sandbox",
            [sys.executable, "-m", "winkelstraat.payments.sandbox", *sandbox],
            f"{ports.sandbox_address}/healthz",
        ),
        Part("worker", [str(BIN / "celery"), "-A", "winkelstraat", "worker", *worker]),
        Part(
            "web",
            [str(BIN / "gunicorn"), "winkelstraat.wsgi", *web],
            f"{ports.address}/",
        ),
    ]


def list_environment(ports: Ports) -> dict[str, str]:
    """Return what every part is started with."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "winkelstraat.settings.demo",
        "PYTHONPATH": str(settings.PROJECT_DIR),
        "PYTHONWARNINGS": "ignore",
        "SITE_ADDRESS": ports.address,
        "STRIPE_ADDRESS": ports.sandbox_address,
        "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
    }


def tell_sign_ins(ports: Ports, password: str) -> str:
    """Return what people must know to walk around."""
    rows = "\n".join(f"    {email:<24} {what}" for email, what in SIGN_INS)
    return (
        f"\nThe street is open: {ports.address}/\n\n"
        f"  Sign in at {ports.address}/account/login/ with password {password} as\n{rows}\n\n"
        f"  Buying needs no account; paying is play: {ports.sandbox_address}/admin/ is the bank.\n"
        f"  Mail is written to {settings.DATA_DIR / 'mail'}. Stop with Ctrl-C.\n"
    )
